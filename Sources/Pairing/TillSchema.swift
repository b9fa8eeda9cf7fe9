import GRDB

/// The tables of `tills.db`.
enum TillSchema {
    /// "CTIL": https://www.sqlite.org/fileformat.html, section 1.3.16.
    static let applicationID: Int32 = 0x4354_494C

    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("tills") { database in
            try database.execute(
                sql: """
                    CREATE TABLE till (
                        id TEXT PRIMARY KEY NOT NULL,
                        name TEXT NOT NULL,
                        lane TEXT NOT NULL,
                        role TEXT NOT NULL,
                        serial BLOB,
                        previous_serial BLOB,
                        browser_key BLOB,
                        expires_at_ms INTEGER NOT NULL,
                        paired_at_ms INTEGER NOT NULL,
                        revoked_at_ms INTEGER
                    ) STRICT, WITHOUT ROWID
                    """)
        }
        return migrator
    }
}
