import GRDB

/// The tables of the replica's file. Nothing personal stands in them in clear, and no word of a name.
enum ReplicaSchema {
    /// "CtR1": the file is known as a replica by it.
    static let applicationID: Int32 = 0x4374_5231

    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("replica") { database in
            try database.execute(sql: sources)
            try database.execute(sql: customers)
        }
        // Names had no token of one letter: they cannot be made from what is sealed without reading all of it.
        migrator.registerMigration("tokens of one letter") { try empty($0) }
        migrator.registerMigration("departures") { try $0.execute(sql: departures) }
        migrator.registerMigration("successors") { database in
            try database.execute(sql: "ALTER TABLE departures ADD COLUMN successor BLOB")
        }
        // Of those who were erased before nobody knows who asked: they are kept as if they had.
        migrator.registerMigration("erasures on request") { database in
            try database.execute(sql: "ALTER TABLE tombstones ADD COLUMN asked INTEGER NOT NULL DEFAULT 1")
        }
        migrator.registerMigration("departures of a copy before") { database in
            try database.execute(
                sql: """
                    ALTER TABLE departures ADD COLUMN feed TEXT NOT NULL DEFAULT '';
                    CREATE INDEX departures_id ON departures (company, id);
                    """)
        }
        return migrator
    }

    /// Customers who are gone, until their traces in the edge's other files are: `record` is as it was sealed, and empty for one
    /// whom the copy had not. Numbers never come again, so that what is taken off the list is what was read of it. A later
    /// column, `successor`, has the id of the customer whom the traces go to; and `feed` the name of the feed where the record comes
    /// from a copy that was set aside.
    private static let departures = """
        CREATE TABLE departures (
            number INTEGER PRIMARY KEY AUTOINCREMENT,
            company INTEGER NOT NULL,
            id BLOB NOT NULL CHECK (length(id) = 16),
            record BLOB NOT NULL
        ) STRICT;
        """

    /// Leaves what cannot be loaded again: the company's number and the tombstones of the erased. The feeds begin anew, and
    /// until they are through the copy says that it is not complete.
    private static func empty(_ database: Database) throws {
        for table in ["customers", "identifiers", "tokens", "customer_groups", "feeds"] {
            try database.execute(sql: "DELETE FROM \(table)")
        }
        try database.execute(sql: "UPDATE companies SET customers = 0")
    }

    /// What is read of a file before it is used; see ``DatabaseFile/Look/sample(_:)``: the small tables, and the large
    /// ones from their roots to leaves that are spread over all of them.
    static var sample: [String] {
        let small = ["replica", "companies", "feeds", "customer_groups"].map { "PRAGMA quick_check('\($0)')" }
        let points = Array(0..<CustomersLimits.samplePoints)
        let numbers = points.map {
            "((SELECT max(number) FROM customers) * \($0) / \(CustomersLimits.samplePoints - 1))"
        }
        let indexes = points.map { String($0 * 256 / CustomersLimits.samplePoints, radix: 16) }
            .map { "(x'\($0.count < 2 ? "0" : "")\($0)')" }
        // Tokens are spread over all signed numbers.
        let step = UInt64.max / UInt64(CustomersLimits.samplePoints)
        let tokens = points.map { "(\(Int64.min &+ Int64(bitPattern: UInt64($0) * step)))" }
        return small + [
            """
            SELECT iif(count(c.record) >= 0, 'ok', '') FROM (VALUES \(numbers.joined(separator: ", "))) AS point
            JOIN customers AS c ON c.number = point.column1
            """,
            """
            SELECT iif(count((SELECT i.customer FROM identifiers AS i WHERE i.company = companies.number
                AND i.blind >= point.column1 ORDER BY i.blind LIMIT 1)) >= 0, 'ok', '')
            FROM companies, (VALUES \(indexes.joined(separator: ", "))) AS point
            """,
            """
            SELECT iif(count((SELECT t.customer FROM tokens AS t WHERE t.token >= point.column1
                ORDER BY t.token LIMIT 1)) >= 0, 'ok', '')
            FROM (VALUES \(tokens.joined(separator: ", "))) AS point
            """,
        ]
    }

    /// `key_check` tells a wrong key from a broken seal. Times are milliseconds since 1970, UTC. `cursor` is sealed.
    /// `customers` counts the company's rows, because SQLite would walk through all of them to count.
    private static let sources = """
        CREATE TABLE replica (
            id INTEGER PRIMARY KEY CHECK (id = 1),
            key_check BLOB NOT NULL
        ) STRICT;
        CREATE TABLE companies (
            number INTEGER PRIMARY KEY,
            name TEXT NOT NULL UNIQUE,
            customers INTEGER NOT NULL DEFAULT 0
        ) STRICT;
        CREATE TABLE feeds (
            number INTEGER PRIMARY KEY,
            company INTEGER NOT NULL,
            name TEXT NOT NULL,
            cursor BLOB NOT NULL,
            applied_at INTEGER NOT NULL,
            complete INTEGER NOT NULL,
            UNIQUE (company, name)
        ) STRICT;
        CREATE TABLE customer_groups (
            number INTEGER PRIMARY KEY,
            company INTEGER NOT NULL,
            feed INTEGER NOT NULL,
            id TEXT NOT NULL,
            name TEXT NOT NULL,
            discount INTEGER,
            cashback INTEGER,
            UNIQUE (company, feed, id)
        ) STRICT;
        """

    /// An answer touches one row of `identifiers` and one of `customers`: `record` is sealed and holds all of it.
    ///
    /// `type` is ``IdentifierForm/column``. `shared` is 0 where one customer of a company may have a value, which the
    /// key then enforces, and the customer's number where several may. `tokens` holds the beginnings of a name's words
    /// under the vault's index. A later column of `tombstones`, `asked`, is 1 where the store was asked to forget the customer, and
    /// 0 where a source let go of him.
    private static let customers = """
        CREATE TABLE customers (
            number INTEGER PRIMARY KEY,
            company INTEGER NOT NULL,
            id BLOB NOT NULL CHECK (length(id) = 16),
            record BLOB NOT NULL,
            UNIQUE (company, id)
        ) STRICT;
        CREATE TABLE identifiers (
            company INTEGER NOT NULL,
            blind BLOB NOT NULL CHECK (length(blind) = 16),
            type INTEGER NOT NULL,
            shared INTEGER NOT NULL CHECK (shared = iif(type IN (1, 4, 6), 0, customer)),
            customer INTEGER NOT NULL,
            PRIMARY KEY (company, blind, type, shared)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE tokens (
            token INTEGER NOT NULL,
            customer INTEGER NOT NULL,
            PRIMARY KEY (token, customer)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE tombstones (
            company INTEGER NOT NULL,
            id BLOB NOT NULL CHECK (length(id) = 16),
            erased_at INTEGER NOT NULL,
            PRIMARY KEY (company, id)
        ) STRICT, WITHOUT ROWID;
        """
}

extension Replica {
    /// SQLite's `user_version` of the newest replica that this version reads.
    package static var schemaVersion: Int { ReplicaSchema.migrator.migrations.count }
}
