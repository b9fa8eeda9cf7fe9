import GRDB

extension CardRegister {
    /// SQLite's `user_version` of the newest register of cards that this version reads.
    package static var schemaVersion: Int { CardSchema.migrator.migrations.count }
}

/// The tables of `cards.db`.
enum CardSchema {
    /// "CCRD": https://www.sqlite.org/fileformat.html, section 1.3.16.
    static let applicationID: Int32 = 0x4343_5244

    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("cards") { try $0.execute(sql: cards) }
        migrator.registerMigration("sendings") { try $0.execute(sql: sendings) }
        return migrator
    }

    /// Operations by which a card was sent once more, so that one that is asked for again sends nothing. Both digests are
    /// pseudonyms.
    private static let sendings = """
        CREATE TABLE sendings (
            operation BLOB PRIMARY KEY,
            payload BLOB NOT NULL,
            card BLOB NOT NULL,
            at INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX sendings_at ON sendings (at);
        """

    /// `blind` and `operation` are keyed digests of a card's code and of an operation's id; `payload` is one of what the
    /// operation asked for. `code` is sealed, and so is `address`, which is emptied once nothing more is sent there. Times
    /// are milliseconds since 1970, UTC.
    private static let cards = """
        CREATE TABLE cards_key (
            id INTEGER PRIMARY KEY CHECK (id = 1),
            key_check BLOB NOT NULL
        ) STRICT;
        CREATE TABLE cards (
            number INTEGER PRIMARY KEY,
            company TEXT NOT NULL,
            blind BLOB NOT NULL CHECK (length(blind) = 16),
            code BLOB NOT NULL,
            customer TEXT NOT NULL,
            state INTEGER NOT NULL,
            issued_at INTEGER NOT NULL,
            ended_at INTEGER,
            replaced_by BLOB,
            operation BLOB UNIQUE,
            payload BLOB,
            channel INTEGER NOT NULL,
            address BLOB,
            dispatch INTEGER NOT NULL,
            attempts INTEGER NOT NULL DEFAULT 0,
            changed_at INTEGER NOT NULL,
            due_at INTEGER,
            reason TEXT NOT NULL DEFAULT '',
            UNIQUE (company, blind)
        ) STRICT;
        CREATE INDEX cards_customer ON cards (company, customer);
        CREATE INDEX cards_due ON cards (due_at) WHERE due_at IS NOT NULL;
        """
}
