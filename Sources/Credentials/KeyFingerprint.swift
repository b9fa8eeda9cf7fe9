import Crypto

/// The first 128 bits of the SHA-256 of a public key, as its SubjectPublicKeyInfo (RFC 5280, section 4.1.2.7): what a
/// pairing code holds of the edge's key.
package struct KeyFingerprint: Sendable, Hashable {
    package static let byteCount = 16

    /// The bits.
    package let bytes: [UInt8]

    /// - Parameter publicKey: the SubjectPublicKeyInfo in DER.
    package init(publicKey: [UInt8]) {
        bytes = Array(SHA256.hash(data: publicKey).prefix(Self.byteCount))
    }

    /// - Returns: `nil` when there are not 16 bytes.
    package init?(bytes: [UInt8]) {
        guard bytes.count == Self.byteCount else { return nil }
        self.bytes = bytes
    }
}
