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
        migrator.registerMigration("restored") { database in
            // The time of the backup that the list was put back from, in milliseconds since 1970, UTC.
            try database.execute(
                sql: """
                    CREATE TABLE restored (
                        id INTEGER PRIMARY KEY CHECK (id = 1),
                        made_at_ms INTEGER NOT NULL
                    ) STRICT
                    """)
        }
        return migrator
    }
}

extension TillRegistry {
    /// SQLite's `user_version` of the newest list of tills that this version reads.
    package static var schemaVersion: Int { TillSchema.migrator.migrations.count }
}
