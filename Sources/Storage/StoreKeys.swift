import Crypto
import Foundation

/// The keys of a store, as its key file holds them: the present one, the one before while something is still sealed under it,
/// and what pseudonyms are made with.
///
/// A line each, in this order; nobody but its owner may read or write the file:
///
///     countertop-key GENERATION HEX        the present key
///     countertop-pseudonyms HEX            not in the file of a store that never changed its key
///     countertop-key GENERATION HEX        the key before, until it is retired
package struct StoreKeys: Sendable {
    /// The word of the line for pseudonyms.
    private static let pseudonymsMagic = "countertop-pseudonyms"
    private static let handoverContext = "key file"

    /// What is sealed and indexed from now on is so under this key.
    package let present: StoreKey
    /// Under which older rows may still be sealed and indexed.
    package let before: StoreKey?
    /// Under which opaque ids are made of what is kept nowhere, so that they cannot be made anew: it outlives every change
    /// of the key. A store's first key gives it.
    let pseudonyms: SymmetricKey

    package init(_ key: StoreKey) {
        self.init(present: key, before: nil, pseudonyms: key.derived(for: Vault.indexPurpose))
    }

    private init(present: StoreKey, before: StoreKey?, pseudonyms: SymmetricKey) {
        self.present = present
        self.before = before
        self.pseudonyms = pseudonyms
    }

    /// Reads the keys, and makes a first one where there is no file yet.
    /// - Parameter path: the key file.
    /// - Throws: ``StorageError`` when the file cannot be read or made, does not hold a key, or is open to others.
    package static func loadOrCreate(at path: String) throws(StorageError) -> StoreKeys {
        if let keys = try load(at: path) { return keys }
        let fresh = StoreKeys(StoreKey(secret: SymmetricKey(size: .bits256), generation: 1))
        if try fresh.create(at: path) { return fresh }
        // Another process made the file in the meantime: its key is the one.
        guard let keys = try load(at: path) else {
            throw StorageError(.keyMissing, "The key file \(path) vanished while it was read. Start again.")
        }
        return keys
    }

    /// These keys with a new present one; the present one becomes the one before.
    /// - Throws: ``StorageError`` `keyNotRetired` while there is one before already, `keysExhausted` after 255 keys.
    package func rotated() throws(StorageError) -> StoreKeys {
        guard before == nil else {
            throw StorageError(
                .keyNotRetired,
                "The key was changed before, and the one before it is not retired yet. Start the edge with it, wait until "
                    + "its status says that the key before can be retired, and run: countertop key retire")
        }
        guard present.generation < .max else {
            throw StorageError(.keysExhausted, "The key was changed 254 times, which is as often as it can be.")
        }
        let fresh = StoreKey(secret: SymmetricKey(size: .bits256), generation: present.generation + 1)
        return StoreKeys(present: fresh, before: present, pseudonyms: pseudonyms)
    }

    /// These keys without the one before. What is still sealed under that one is lost.
    package var retired: StoreKeys { StoreKeys(present: present, before: nil, pseudonyms: pseudonyms) }

    /// How other keys of the store follow these.
    package enum Succession: Sendable {
        /// They are these.
        case same
        /// There is a new key, and the present one of these is the one before. The one before of these is gone.
        case changed
        /// The key before is gone.
        case retired
        /// They are another store's, or what is between is missing.
        case unfit
    }

    /// How other keys follow these.
    package func succession(_ next: StoreKeys) -> Succession {
        guard next.pseudonyms == pseudonyms else { return .unfit }
        if next.present.isSame(as: present) {
            guard let nextBefore = next.before else { return before == nil ? .same : .retired }
            return before?.isSame(as: nextBefore) == true ? .same : .unfit
        }
        let follows = next.before?.isSame(as: present) == true && next.present.generation > present.generation
        return follows ? .changed : .unfit
    }

    /// These keys for a process that holds the older of them: the text of their file, sealed under that one, so that nobody
    /// else reads it on its way, or makes another.
    /// - Throws: ``StorageError`` `sealBroken` when the library refuses.
    package func handover() throws(StorageError) -> [UInt8] {
        try Vault(key: before ?? present).seal(Array(text.utf8), context: Self.handoverContext)
    }

    /// The keys that a process which holds these is handed.
    /// - Returns: `nil` for what was sealed under none of these, or is no key file.
    package func received(_ handover: [UInt8]) -> StoreKeys? {
        guard let text = try? Vault(keys: self).open(handover, context: Self.handoverContext) else { return nil }
        return StoreKeys(text: String(decoding: text, as: UTF8.self))
    }

    /// The text of a key file.
    var text: String {
        var text = present.line
        // A file that never had another key stays as earlier versions read it.
        if present.generation > 1 { text += "\(Self.pseudonymsMagic) \(StoreKey.hex(pseudonyms))\n" }
        if let before { text += before.line }
        return text
    }

    /// - Returns: `nil` when that is no text of a key file.
    package init?(text: String) {
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        guard lines.popLast() == "", (1...3).contains(lines.count), let present = StoreKey(line: lines[0]) else {
            return nil
        }
        guard lines.count > 1 else {
            self.init(present)
            return
        }
        let words = lines[1].split(separator: " ", omittingEmptySubsequences: false)
        guard words.count == 2, words[0] == Self.pseudonymsMagic, let pseudonyms = StoreKey.secret(hex: words[1]) else {
            return nil
        }
        var before: StoreKey?
        if lines.count == 3 {
            guard let key = StoreKey(line: lines[2]), key.generation < present.generation else { return nil }
            before = key
        }
        self.init(present: present, before: before, pseudonyms: pseudonyms)
    }
}
