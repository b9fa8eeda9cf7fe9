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
        migrator.registerMigration("outbox") { database in
            try database.execute(sql: outbox)
        }
        migrator.registerMigration("redemptions") { database in
            try database.execute(sql: redemptions)
        }
        migrator.registerMigration("requests") { database in
            try database.execute(sql: requests)
        }
        migrator.registerMigration("boots") { database in
            try database.execute(sql: boots)
        }
        migrator.registerMigration("operations by lane") { database in
            try database.execute(sql: operationsByLane)
        }
        migrator.registerMigration("clock") { database in
            try database.execute(sql: clock)
        }
        migrator.registerMigration("former codes") { database in
            try database.execute(sql: formerCodes)
        }
        migrator.registerMigration("forgotten") { database in
            try database.execute(sql: forgotten)
        }
        migrator.registerMigration("departing") { database in
            try database.execute(sql: departing)
        }
        migrator.registerMigration("outbox places") { database in
            try database.execute(sql: outboxPlaces)
        }
        migrator.registerMigration("changes") { database in
            try database.execute(sql: "ALTER TABLE journal ADD COLUMN changes INTEGER NOT NULL DEFAULT 0")
        }
        return migrator
    }

    /// `key_check` tells a wrong key from a broken seal. A later column, `changes`, counts the transactions of the epoch that
    /// changed anything but scans; see ``ChangesMark``.
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

    /// What goes to a system outside. `key`, `digest` and `subject` are keyed digests of the operation id, of what it asks
    /// for, and of whom it is about; `content` is sealed, and null once nobody needs it. States below 10 are open, as
    /// ``OutboxState`` says. The first table of this name was never written to.
    private static let outbox = """
        DROP TABLE outbox;
        CREATE TABLE outbox (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            system TEXT NOT NULL,
            kind TEXT NOT NULL,
            key BLOB NOT NULL CHECK (length(key) = 16),
            digest BLOB NOT NULL,
            subject BLOB,
            state INTEGER NOT NULL,
            attempts INTEGER NOT NULL DEFAULT 0,
            checks INTEGER NOT NULL DEFAULT 0,
            due_at INTEGER NOT NULL,
            reason TEXT NOT NULL DEFAULT '',
            created_at INTEGER NOT NULL,
            changed_at INTEGER NOT NULL,
            revision INTEGER NOT NULL DEFAULT 0,
            content BLOB,
            UNIQUE (system, key)
        ) STRICT;
        CREATE INDEX outbox_due ON outbox (system, due_at, id) WHERE state < 10;
        CREATE INDEX outbox_open ON outbox (system, subject, id) WHERE state < 10;
        CREATE INDEX outbox_subject ON outbox (subject) WHERE subject IS NOT NULL;
        CREATE INDEX outbox_ended ON outbox (changed_at) WHERE state IN (11, 13);
        """

    /// The ledger of benefits. `id` and `subject` are keyed digests, of the operation that made it and of the customer;
    /// `content` is sealed.
    private static let redemptions = """
        CREATE TABLE redemptions (
            id BLOB PRIMARY KEY CHECK (length(id) = 16),
            subject BLOB NOT NULL,
            state INTEGER NOT NULL,
            expires_at INTEGER NOT NULL,
            changed_at INTEGER NOT NULL,
            content BLOB NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX redemptions_subject ON redemptions (subject);
        CREATE INDEX redemptions_age ON redemptions (changed_at);
        """

    /// `request` is the keyed digest of the operation id of the call that asked for an entry; `digest` is of that call then.
    private static let requests = """
        ALTER TABLE outbox ADD COLUMN request BLOB;
        CREATE UNIQUE INDEX outbox_request ON outbox (request) WHERE request IS NOT NULL;
        """

    /// `place` is the keyed digest of the word for what an entry says the present state of (``OutboxDraft/place``). `moved` is the
    /// sealed content that an entry has as soon as it is known not to have arrived: its customer was merged while it was on its way.
    private static let outboxPlaces = """
        ALTER TABLE outbox ADD COLUMN place BLOB;
        ALTER TABLE outbox ADD COLUMN moved BLOB;
        CREATE INDEX outbox_place ON outbox (place, id) WHERE place IS NOT NULL;
        CREATE INDEX outbox_kind ON outbox (system, kind, id) WHERE state < 10 OR state = 12;
        """

    /// When a scan was read by the clock that nobody sets: the boot, and microseconds since it began (``BootTime``).
    private static let boots = """
        ALTER TABLE scans ADD COLUMN boot INTEGER;
        ALTER TABLE scans ADD COLUMN since_boot INTEGER;
        """

    /// Whose answers they are, so that one lane's push out none of another's; empty for those of an earlier version.
    private static let operationsByLane = """
        ALTER TABLE operations ADD COLUMN lane TEXT NOT NULL DEFAULT '';
        CREATE INDEX operations_lane ON operations (lane, answered_at);
        """

    /// The codes of customers who went on as another one: `id` and `subject` are keyed digests of the one and of the other,
    /// `content` is sealed. The columns stand so that no row looks like one of another table; see ``TableShape``.
    private static let formerCodes = """
        CREATE TABLE former_codes (
            id BLOB PRIMARY KEY CHECK (length(id) = 16),
            noted_at INTEGER NOT NULL,
            subject BLOB NOT NULL CHECK (length(subject) = 16),
            content BLOB NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX former_codes_subject ON former_codes (subject);
        """

    /// By opaque ids. There is no index: its entries would look like rows of another table, and there are few rows.
    private static let forgotten = """
        CREATE TABLE forgotten (
            number INTEGER PRIMARY KEY,
            customer TEXT NOT NULL,
            erased_at INTEGER NOT NULL,
            reason TEXT NOT NULL
        ) STRICT;
        """

    /// By opaque ids; `content` is sealed. The columns stand so that no row looks like one of another table.
    private static let departing = """
        CREATE TABLE departing (
            customer TEXT PRIMARY KEY,
            noted_at INTEGER NOT NULL,
            successor TEXT NOT NULL,
            content BLOB NOT NULL
        ) STRICT, WITHOUT ROWID;
        """

    /// What time it is believed to be, and how long the clock on the wall has been doubted, in microseconds.
    private static let clock = """
        CREATE TABLE clock (
            id INTEGER PRIMARY KEY CHECK (id = 1),
            believed_at INTEGER NOT NULL,
            doubted_at INTEGER,
            doubted_for INTEGER NOT NULL
        ) STRICT;
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

extension ScanJournal {
    /// SQLite's `user_version` of the newest journal that this version reads.
    package static var schemaVersion: Int { JournalSchema.migrator.migrations.count }
}
