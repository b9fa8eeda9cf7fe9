import GRDB

/// The tables of the journal's file.
enum JournalSchema {
    /// "CtJ1": the file is known as a journal by it.
    static let applicationID: Int32 = 0x4374_4A31

    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("journal") { database in
            try database.execute(sql: journal)
            try database.execute(sql: scans)
            try database.execute(sql: effects)
        }
        migrator.registerMigration("operations") { database in
            try database.execute(sql: operations)
        }
        return migrator
    }

    /// `key_check` tells a wrong key from a broken seal.
    private static let journal = """
        CREATE TABLE journal (
            id INTEGER PRIMARY KEY CHECK (id = 1),
            epoch INTEGER NOT NULL,
            begun_at INTEGER NOT NULL,
            key_check BLOB NOT NULL
        ) STRICT;
        """

    /// Times are microseconds since 1970, UTC. `data` is sealed, and null once it was erased. Rows of an earlier epoch
    /// are history: kept for their time, given to nobody.
    private static let scans = """
        CREATE TABLE scans (
            epoch INTEGER NOT NULL,
            lane TEXT NOT NULL,
            sequence INTEGER NOT NULL CHECK (sequence > 0),
            data BLOB,
            symbology INTEGER NOT NULL,
            aim TEXT NOT NULL,
            device TEXT NOT NULL,
            family INTEGER NOT NULL,
            scanned_at INTEGER NOT NULL,
            attachment INTEGER NOT NULL,
            expired INTEGER NOT NULL,
            PRIMARY KEY (epoch, lane, sequence)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE lanes (
            epoch INTEGER NOT NULL,
            lane TEXT NOT NULL,
            acknowledged INTEGER NOT NULL,
            PRIMARY KEY (epoch, lane)
        ) STRICT, WITHOUT ROWID;
        """

    /// What goes to a system outside, and what a till was answered. `subject` is the opaque id of the customer it is
    /// about, so that an erasure finds it; `payload` and `response` are sealed.
    private static let effects = """
        CREATE TABLE outbox (
            id INTEGER PRIMARY KEY,
            operation_id BLOB NOT NULL UNIQUE CHECK (length(operation_id) = 16),
            subject TEXT NOT NULL,
            system TEXT NOT NULL,
            payload BLOB NOT NULL,
            state INTEGER NOT NULL,
            attempts INTEGER NOT NULL DEFAULT 0,
            created_at INTEGER NOT NULL,
            due_at INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX outbox_due ON outbox (system, state, due_at, id);
        CREATE INDEX outbox_subject ON outbox (subject);
        CREATE TABLE idempotency (
            till TEXT NOT NULL,
            operation_id BLOB NOT NULL CHECK (length(operation_id) = 16),
            payload_hash BLOB NOT NULL,
            response BLOB NOT NULL,
            answered_at INTEGER NOT NULL,
            PRIMARY KEY (till, operation_id)
        ) STRICT, WITHOUT ROWID;
        """

    /// `id` and `payload` are keyed digests of an operation's id and of its call; `answer` and `state` are sealed, and hold
    /// no customer but by an opaque id.
    private static let operations = """
        DROP TABLE idempotency;
        CREATE TABLE operations (
            id BLOB PRIMARY KEY CHECK (length(id) = 16),
            payload BLOB NOT NULL,
            answer BLOB NOT NULL,
            answered_at INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX operations_age ON operations (answered_at);
        CREATE TABLE lane_states (
            lane TEXT PRIMARY KEY,
            state BLOB NOT NULL
        ) STRICT, WITHOUT ROWID;
        """
}
