import Crypto

/// HMAC-SHA-256 (RFC 2104) under one key, whose two keyed beginnings are kept.
///
/// The library's HMAC takes any hash function. Called from outside its module, that goes through generic code, which takes
/// ten times as long as the hashing of so few bytes. The tests hold this one to it.
struct KeyedHash: Sendable {
    private static let blockBytes = 64

    private let inner: SHA256
    private let outer: SHA256

    /// - Parameter key: of at most 64 bytes, the length of a block.
    init(key: SymmetricKey) {
        inner = Self.begun(key, pad: 0x36)
        outer = Self.begun(key, pad: 0x5C)
    }

    private static func begun(_ key: SymmetricKey, pad: UInt8) -> SHA256 {
        var block = [UInt8](repeating: pad, count: blockBytes)
        key.withUnsafeBytes { bytes in
            for (index, byte) in bytes.prefix(blockBytes).enumerated() { block[index] ^= byte }
        }
        var hash = SHA256()
        block.withUnsafeBytes { hash.update(bufferPointer: $0) }
        return hash
    }

    /// The beginning of a message's authentication code.
    func index(of message: UnsafeRawBufferPointer) -> BlindIndex {
        var inner = inner
        inner.update(bufferPointer: message)
        var outer = outer
        inner.finalize().withUnsafeBytes { outer.update(bufferPointer: $0) }
        return outer.finalize().withUnsafeBytes { BlindIndex($0) }
    }
}
