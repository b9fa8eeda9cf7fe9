import Crypto
package import Foundation
import Glibc

/// Seals and opens the values of one context. Made by ``Vault/sealer(for:)``.
///
/// Its key is derived from the context and serves it alone. That is what keeps a value from opening in another context,
/// and random nonces far from the bound of 2^32 values a key (NIST SP 800-38D, section 8.3).
package struct Sealer: Sendable {
    /// Bytes by which a sealed value is longer than the plain one.
    package static let overheadBytes = 29

    private let key: SymmetricKey
    private let generation: UInt8
    /// What older values open with while the store's key changes.
    private let before: (key: SymmetricKey, generation: UInt8)?

    init(key: StoreKey, before: StoreKey? = nil, context: String) {
        self.key = key.derived(for: "seal \(context)")
        generation = key.generation
        self.before = before.map { ($0.derived(for: "seal \(context)"), $0.generation) }
    }

    /// Whether a value was sealed under the key before, and is to be sealed anew.
    package func isOutdated(_ sealed: some Collection<UInt8>) -> Bool {
        before != nil && sealed.first == before?.generation
    }

    /// Seals one value; see ``Vault/seal(_:context:)``.
    package func seal(_ plain: [UInt8]) throws(StorageError) -> [UInt8] {
        try seal(data: Data(plain))
    }

    /// Seals one value; see ``Vault/seal(_:context:)``.
    package func seal(_ plain: some DataProtocol) throws(StorageError) -> [UInt8] {
        try seal(data: Data(plain))
    }

    /// Opens one value; see ``Vault/open(_:context:)``.
    package func open(_ sealed: [UInt8]) throws(StorageError) -> [UInt8] {
        try open(data: Data(sealed))
    }

    /// Opens one value; see ``Vault/open(_:context:)``.
    package func open(_ sealed: some DataProtocol) throws(StorageError) -> [UInt8] {
        try open(data: Data(sealed))
    }

    /// Opens one value where it lies, such as in a column of a row, and lends the plain one.
    package func open<T>(_ sealed: UnsafeRawBufferPointer, _ body: (UnsafeRawBufferPointer) -> T) throws(StorageError)
        -> T
    {
        try opened(Data(sealed)).withUnsafeBytes(body)
    }

    // Data is what the library works on; every other type costs it a detour.

    private func seal(data: Data) throws(StorageError) -> [UInt8] {
        do {
            let box = try AES.GCM.seal(data, using: key, nonce: Sealer.freshNonce())
            guard let combined = box.combined else { throw CryptoKitError.incorrectParameterSize }
            return combined.withUnsafeBytes { bytes in
                [UInt8](unsafeUninitializedCapacity: bytes.count + 1) { sealed, count in
                    sealed[0] = generation
                    UnsafeMutableRawBufferPointer(rebasing: UnsafeMutableRawBufferPointer(sealed)[1...])
                        .copyMemory(from: bytes)
                    count = bytes.count + 1
                }
            }
        } catch {
            throw StorageError(.sealBroken, "A value cannot be sealed. Report this fault.", cause: "\(error)")
        }
    }

    /// Random, from one call to the system where the library makes two.
    private static func freshNonce() throws -> AES.GCM.Nonce {
        try withUnsafeTemporaryAllocation(byteCount: 12, alignment: 1) { bytes in
            guard let start = bytes.baseAddress, getentropy(start, bytes.count) == 0 else { return AES.GCM.Nonce() }
            return try AES.GCM.Nonce(data: Data(bytes))
        }
    }

    private func open(data: Data) throws(StorageError) -> [UInt8] {
        [UInt8](try opened(data))
    }

    private func opened(_ data: Data) throws(StorageError) -> Data {
        guard data.count >= Sealer.overheadBytes, let first = data.first else {
            throw StorageError(.sealBroken, "A sealed value is cut short. Restore the file or let it be made anew.")
        }
        let key = first == generation ? self.key : before.flatMap { $0.generation == first ? $0.key : nil }
        guard let key else {
            throw StorageError(
                .sealBroken,
                "A value was sealed under key generation \(first), but the key file holds \(generation). "
                    + "Put the key file back that belongs to these data.")
        }
        do {
            let box = try AES.GCM.SealedBox(combined: data.dropFirst())
            return try AES.GCM.open(box, using: key)
        } catch {
            throw StorageError(
                .sealBroken,
                "A sealed value does not open: it was changed, or sealed under another key. "
                    + "Put the key file back that belongs to these data, or let the file be made anew.",
                cause: "\(error)")
        }
    }
}
