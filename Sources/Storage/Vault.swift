import Crypto
package import Foundation

/// Seals values and makes blind indexes, under sub-keys derived from the ``StoreKey``: one for each context, one for the
/// indexes.
package struct Vault: Sendable {
    /// The length of a blind index.
    package static let blindIndexBytes = 16

    private let generation: UInt8
    private let sealers: SealerCache
    private let indexing: KeyedHash

    package init(key: StoreKey) {
        generation = key.generation
        sealers = SealerCache(key: key)
        indexing = KeyedHash(key: key.derived(for: "index"))
    }

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
    package func blindIndex(_ value: [UInt8], domain: String) -> [UInt8] {
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
            return indexing.code(of: UnsafeRawBufferPointer(message), count: Vault.blindIndexBytes)
        }
    }
}

extension StoreKey {
    /// A sub-key for one purpose: HKDF with SHA-256 (RFC 5869).
    func derived(for purpose: String) -> SymmetricKey {
        HKDF<SHA256>.deriveKey(
            inputKeyMaterial: secret, info: Array("countertop/1 \(purpose)".utf8), outputByteCount: 32)
    }
}
