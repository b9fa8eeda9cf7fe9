import Crypto

/// The one-time code by which a till and an edge come to know each other: the fingerprint of the edge's key, a secret of 64
/// bits, and a check of 8 bits, so that a mistyped code is told to be one before it has cost an attempt.
///
/// As text it has 40 characters in eight groups: `7ZK4M-9Q2XD-...`. Spaces, dashes and case do not count; O is taken for
/// 0, I and L for 1.
package struct PairingCode: Sendable, Hashable {
    package static let secretBytes = 8

    /// The edge's key; the till says nothing to an edge with another one.
    package let edge: KeyFingerprint
    /// What the till proves to know, see ``PairingProof``.
    package let secret: [UInt8]

    /// A code with a new secret.
    package init(edge: KeyFingerprint) {
        var generator = SystemRandomNumberGenerator()
        let secret = (0..<Self.secretBytes).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
        self.init(edge: edge, secret: secret)
    }

    init(edge: KeyFingerprint, secret: [UInt8]) {
        precondition(secret.count == Self.secretBytes, "A secret has 64 bits")
        self.edge = edge
        self.secret = secret
    }

    /// - Parameter text: the code as somebody typed it.
    /// - Throws: ``CredentialsError`` `codeMalformed`.
    package init(text: String) throws(CredentialsError) {
        guard text.utf8.count <= CredentialsLimits.codeBytesMax, let bytes = Base32.bytes(text.utf8),
            bytes.count == KeyFingerprint.byteCount + Self.secretBytes + 1,
            let edge = KeyFingerprint(bytes: Array(bytes.prefix(KeyFingerprint.byteCount)))
        else {
            throw CredentialsError(
                .codeMalformed,
                "That is no pairing code. It has 40 letters and digits in eight groups, as `countertop pair` prints it."
            )
        }
        guard Self.check(bytes.dropLast()) == bytes.last else {
            throw CredentialsError(
                .codeMalformed, "A character of the pairing code is wrong. Compare it with the edge's.")
        }
        self.init(edge: edge, secret: Array(bytes[KeyFingerprint.byteCount...].prefix(Self.secretBytes)))
    }

    /// The code in eight groups of five characters.
    package var text: String {
        let bytes = edge.bytes + secret
        let text = Array(Base32.text(bytes + [Self.check(bytes[...])]))
        return stride(from: 0, to: text.count, by: 5).map { String(text[$0..<$0 + 5]) }.joined(separator: "-")
    }

    /// The first byte of the SHA-256 of what is before it.
    private static func check(_ bytes: ArraySlice<UInt8>) -> UInt8 {
        SHA256.hash(data: Array(bytes)).first { _ in true } ?? 0
    }
}
