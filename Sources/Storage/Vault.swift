import Crypto
package import Foundation

/// Seals values and makes blind indexes, under sub-keys derived from the store's keys: one for each context, one for the
/// indexes.
///
/// While the store's key changes, what was sealed under the key before opens too, and ``before`` makes the indexes of that
/// one. Pseudonyms are the same under every key.
package struct Vault: Sendable {
    static let indexPurpose = "index"

    /// The generation of the key under which values are sealed and indexed.
    package let generation: UInt8
    private let sealers: SealerCache
    private let indexing: KeyedHash
    private let pseudonyms: KeyedHash
    private let earlier: [Vault]

    /// The vault of one key, which never changed.
    package init(key: StoreKey) { self.init(keys: StoreKeys(key)) }

    package init(keys: StoreKeys) {
        self.init(keys.present, keys)
    }

    private init(_ key: StoreKey, _ keys: StoreKeys) {
        let isPresent = key.generation == keys.present.generation
        generation = key.generation
        sealers = SealerCache(key: key, before: isPresent ? keys.before : nil)
        indexing = KeyedHash(key: key.derived(for: Self.indexPurpose))
        pseudonyms = KeyedHash(key: keys.pseudonyms)
        earlier = isPresent ? keys.before.map { [Vault($0, keys)] } ?? [] : []
    }

    /// The vault of the key before, `nil` unless the key changes.
    package var before: Vault? { earlier.first }

    /// What seals and opens the values of one context. Whoever seals many keeps it.
    /// - Parameter context: the table and column, such as `customers.name`. A value opens only under the context it was
    ///   sealed for.
    package func sealer(for context: String) -> Sealer {
        sealers.sealer(for: context)
    }

    /// Seals one value: AES-256-GCM (NIST SP 800-38D).
    /// - Returns: the generation of the key (1 byte), the nonce (12), the sealed value (as long as the plain one), the
    ///   tag (16).
    /// - Throws: ``StorageError`` `sealBroken` when the library refuses.
    package func seal(_ plain: some DataProtocol, context: String) throws(StorageError) -> [UInt8] {
        try sealers.sealer(for: context).seal(plain)
    }

    /// Opens what ``seal(_:context:)`` sealed.
    /// - Throws: ``StorageError`` `sealBroken` when it was changed, or sealed for another context or by another key.
    package func open(_ sealed: some DataProtocol, context: String) throws(StorageError) -> [UInt8] {
        try sealers.sealer(for: context).open(sealed)
    }

    /// Seals one value; the fastest of the kinds.
    package func seal(_ plain: [UInt8], context: String) throws(StorageError) -> [UInt8] {
        try sealers.sealer(for: context).seal(plain)
    }

    /// Opens one value; the fastest of the kinds.
    package func open(_ sealed: [UInt8], context: String) throws(StorageError) -> [UInt8] {
        try sealers.sealer(for: context).open(sealed)
    }

    /// A keyed digest by which an exact value is found without being stored: HMAC-SHA-256 (RFC 2104) cut to 16 bytes.
    /// - Parameters:
    ///   - value: the value as it is compared, normalised by the caller.
    ///   - domain: what kind of value it is; equal values of different domains have different indexes. At most 255 bytes
    ///     count.
    package func index(of value: [UInt8], domain: String) -> BlindIndex {
        Self.index(of: value, domain: domain, under: indexing)
    }

    /// A keyed digest of what is kept nowhere, so that it can never be made anew: the same under every key of the store.
    /// For values that nobody guesses, such as random ids, and for ids that others know. Parameters as of
    /// ``index(of:domain:)``.
    package func pseudonym(of value: [UInt8], domain: String) -> BlindIndex {
        Self.index(of: value, domain: domain, under: pseudonyms)
    }

    private static func index(of value: [UInt8], domain: String, under hash: KeyedHash) -> BlindIndex {
        let domain = domain.utf8.prefix(255)
        return withUnsafeTemporaryAllocation(byteCount: 1 + domain.count + value.count, alignment: 1) { message in
            // The length in front keeps a domain and a value apart from a longer domain and a shorter value.
            message[0] = UInt8(truncatingIfNeeded: domain.count)
            var end = 1
            for byte in domain {
                message[end] = byte
                end += 1
            }
            value.withUnsafeBytes { message[end...].copyBytes(from: $0) }
            return hash.index(of: UnsafeRawBufferPointer(message))
        }
    }

    /// The bytes of ``index(of:domain:)``.
    package func blindIndex(_ value: [UInt8], domain: String) -> [UInt8] {
        index(of: value, domain: domain).bytes
    }
}

/// Under which of the store's keys the rows of a file are.
package enum KeyStanding: Sendable {
    /// All under the present one.
    case present
    /// Some may be under the one before.
    case before
    /// Under one that the store has not.
    case other
}

extension Vault {
    /// What a file keeps to tell under which key its rows are.
    package func keyCheck(of file: String) -> [UInt8] {
        blindIndex(Array(file.utf8), domain: "key check")
    }

    /// - Parameters:
    ///   - check: what the file keeps.
    ///   - file: the file's kind, as it was when the check was made.
    package func standing(_ check: some Sequence<UInt8>, of file: String) -> KeyStanding {
        if keyCheck(of: file).elementsEqual(check) { return .present }
        return before.map { $0.keyCheck(of: file).elementsEqual(check) } == true ? .before : .other
    }
}

extension StoreKey {
    /// A sub-key for one purpose: HKDF with SHA-256 (RFC 5869).
    func derived(for purpose: String) -> SymmetricKey {
        HKDF<SHA256>.deriveKey(
            inputKeyMaterial: secret, info: Array("countertop/1 \(purpose)".utf8), outputByteCount: 32)
    }
}
