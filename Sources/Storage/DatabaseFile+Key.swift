import Foundation
import GRDB

extension DatabaseFile {
    /// Under which of a store's keys the rows of a file are, which may be in use by another process.
    /// - Parameters:
    ///   - path: the file. Not for a process that has it open.
    ///   - check: where the file keeps what tells it.
    /// - Returns: `nil` when there is no file, or nothing in it yet.
    /// - Throws: ``StorageError`` when the file cannot be read.
    package static func keyStanding(
        of path: String, _ check: KeyCheck, vault: Vault
    ) throws(StorageError) -> KeyStanding? {
        guard SystemCall.exists(path) else { return nil }
        var configuration = Self.configuration()
        configuration.readonly = true
        do {
            let queue = try DatabaseQueue(path: path, configuration: configuration)
            defer { try? queue.close() }
            let bytes = try queue.read { database in
                try database.tableExists(check.table)
                    ? try Data.fetchOne(database, sql: "SELECT key_check FROM \(check.table)") : nil
            }
            return bytes.map { vault.standing($0, of: check.name) }
        } catch {
            throw StorageError(database: error, path: path)
        }
    }
}

/// Where a file keeps what tells under which key its rows are.
package struct KeyCheck: Sendable {
    package let table: String
    /// What the check is made of.
    package let name: String

    package init(table: String, name: String) {
        self.table = table
        self.name = name
    }
}
