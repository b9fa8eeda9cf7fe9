package import Foundation
import GRDB

extension TillRegistry {
    /// Notes in a list that nobody has open that it was put back from a backup. Of several times the earliest counts: a till
    /// may not have been here since.
    /// - Parameter madeAt: when the backup was made.
    /// - Throws: ``PairingError`` `registryUnusable`.
    package static func noteRestored(at path: String, madeAt: Date) throws(PairingError) {
        let registry = try TillRegistry(path: path)
        defer { registry.close() }
        try registry.write { database in
            try database.execute(
                sql: """
                    INSERT INTO restored (id, made_at_ms) VALUES (1, ?)
                    ON CONFLICT (id) DO UPDATE SET made_at_ms = min(made_at_ms, excluded.made_at_ms)
                    """, arguments: [Int64((madeAt.timeIntervalSince1970 * 1_000).rounded(.down))])
        }
    }

    /// Takes a certificate up that the list does not know because it was put back from a backup made before: the till is in
    /// the list and was not revoked, and the certificate is newer than the backup and than what the list knows of the till.
    /// - Returns: the till; `nil` when the certificate is none of these, and stays of no use.
    package func adopt(_ shown: ShownCertificate) -> Till? {
        guard let restoredFrom, let till = till(shown.till), !till.isRevoked, case .certificate = till.credential,
            // Certificates tell seconds: one of the backup's own second may be an older one.
            shown.issuedAt.timeIntervalSince1970 >= restoredFrom.timeIntervalSince1970.rounded(.up),
            shown.expiresAt.timeIntervalSince1970 >= till.expiresAt.timeIntervalSince1970.rounded(.down)
        else { return nil }
        // A disk that refuses now is asked again when the till comes next.
        let adopted = try? update(till.id) { till in
            till.credential = .certificate(serial: shown.serial, previous: nil)
            till.expiresAt = shown.expiresAt
        }
        return adopted ?? till
    }
}
