package import Foundation

/// A paired till, as the edge's list has it.
package struct Till: Sendable, Hashable {
    /// Opaque, and never used twice: "till-7zk4m9q2".
    package let id: String
    /// The name people gave it.
    package var name: String
    /// The lane it serves; empty when none.
    package var lane: String
    package var role: TillRole
    package var credential: Credential
    /// When the credential ends, unless it is renewed.
    package var expiresAt: Date
    package var pairedAt: Date
    package var revokedAt: Date?

    /// By what the till is known.
    package enum Credential: Sendable, Hashable {
        /// A certificate's serial number, and that of the one used before as long as the new one was not seen in use.
        case certificate(serial: [UInt8], previous: [UInt8]?)
        /// The public key of a browser's page, as SubjectPublicKeyInfo in DER.
        case browserKey([UInt8])
    }

    package init(
        id: String, name: String, lane: String, role: TillRole, credential: Credential, expiresAt: Date, pairedAt: Date,
        revokedAt: Date? = nil
    ) {
        self.id = id
        self.name = name
        self.lane = lane
        self.role = role
        self.credential = credential
        self.expiresAt = expiresAt
        self.pairedAt = pairedAt
        self.revokedAt = revokedAt
    }

    package var isRevoked: Bool { revokedAt != nil }

    /// A till that nobody has heard of.
    package static func newID() -> String {
        let letters = Array("0123456789abcdefghjkmnpqrstvwxyz")
        return "till-" + String((0..<12).map { _ in letters[Int.random(in: 0..<letters.count)] })
    }
}
