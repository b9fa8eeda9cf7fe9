import Foundation
import GRDB

extension Till {
    /// - Returns: `nil` for a row that a later version wrote and this one cannot make sense of.
    init?(_ row: Row) {
        guard let id: String = row["id"], let name: String = row["name"], let lane: String = row["lane"],
            let role = (row["role"] as String?).flatMap(TillRole.init), let expires: Int64 = row["expires_at_ms"],
            let paired: Int64 = row["paired_at_ms"]
        else { return nil }
        let credential: Credential
        if let serial: Data = row["serial"] {
            credential = .certificate(
                serial: Array(serial), previous: (row["previous_serial"] as Data?).map { Array($0) })
        } else if let key: Data = row["browser_key"] {
            credential = .browserKey(Array(key))
        } else {
            return nil
        }
        self.init(
            id: id, name: name, lane: lane, role: role, credential: credential, expiresAt: Date(milliseconds: expires),
            pairedAt: Date(milliseconds: paired),
            revokedAt: (row["revoked_at_ms"] as Int64?).map(Date.init(milliseconds:)))
    }

    func store(_ database: Database) throws {
        var (serial, previous, browserKey): (Data?, Data?, Data?)
        switch credential {
        case .certificate(let newest, let before): (serial, previous) = (Data(newest), before.map { Data($0) })
        case .browserKey(let key): browserKey = Data(key)
        }
        try database.execute(
            sql: "INSERT OR REPLACE INTO till VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            arguments: [
                id, name, lane, role.rawValue, serial, previous, browserKey, expiresAt.milliseconds,
                pairedAt.milliseconds, revokedAt?.milliseconds,
            ])
    }
}

extension Date {
    fileprivate init(milliseconds: Int64) { self.init(timeIntervalSince1970: Double(milliseconds) / 1_000) }
    fileprivate var milliseconds: Int64 { Int64((timeIntervalSince1970 * 1_000).rounded()) }
}
