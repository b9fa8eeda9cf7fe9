import GRDB
import GRDBSQLite
import Storage

/// The rows of one company, as the writing connection reads and writes them within a transaction.
final class ReplicaRows {
    let keys: CompanyKeys
    private let company: Int64
    private let connection: OpaquePointer
    private let findCustomer, insertCustomer, updateCustomer, deleteCustomer: HeldStatement
    private let findHolders, findNumber: HeldStatement
    private let findHolder, insertIdentifier, keepIdentifier, deleteIdentifier, sweepIdentifiers: HeldStatement
    private let insertToken, deleteToken, sweepTokens: HeldStatement
    private let findTombstone, insertTombstone, deleteTombstone: HeldStatement
    private let insertDeparture, findDeparture: HeldStatement
    /// Those who have left the file so far in this transaction.
    private(set) var departed: [Departed] = []

    /// A row of the departures, as it was written.
    struct Departed {
        let id: CustomerID
        let sealed: [UInt8]
        let successor: CustomerID?
        let number: Int64
        /// The name of the feed that had the customer; empty where the record tells.
        let feed: String
    }

    init(_ connection: OpaquePointer, company: Int64, keys: CompanyKeys) throws {
        func held(_ sql: String) throws -> HeldStatement { try HeldStatement(connection, sql) }
        self.connection = connection
        self.company = company
        self.keys = keys
        findCustomer = try held("SELECT number, record FROM customers WHERE company = ? AND id = ?")
        insertCustomer = try held("INSERT INTO customers (company, id, record) VALUES (?, ?, ?)")
        updateCustomer = try held("UPDATE customers SET record = ? WHERE number = ?")
        deleteCustomer = try held("DELETE FROM customers WHERE number = ?")
        findHolder = try held(
            "SELECT customer FROM identifiers WHERE company = ? AND blind = ? AND type = ? AND shared = 0")
        findHolders = try held("SELECT customer FROM identifiers WHERE company = ? AND blind = ? AND type = ?")
        findNumber = try held("SELECT record FROM customers WHERE number = ?")
        insertIdentifier = try held("INSERT INTO identifiers VALUES (?, ?, ?, ?, ?)")
        keepIdentifier = try held("INSERT INTO identifiers VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING")
        deleteIdentifier = try held(
            "DELETE FROM identifiers WHERE company = ? AND blind = ? AND type = ? AND shared = ? AND customer = ?")
        sweepIdentifiers = try held("DELETE FROM identifiers WHERE customer = ?")
        insertToken = try held("INSERT OR IGNORE INTO tokens VALUES (?, ?)")
        deleteToken = try held("DELETE FROM tokens WHERE token = ? AND customer = ?")
        sweepTokens = try held("DELETE FROM tokens WHERE customer = ?")
        findTombstone = try held("SELECT erased_at, asked FROM tombstones WHERE company = ? AND id = ?")
        insertTombstone = try held(
            """
            INSERT INTO tombstones VALUES (?, ?, ?, ?)
            ON CONFLICT DO UPDATE SET erased_at = max(erased_at, excluded.erased_at), asked = max(asked, excluded.asked)
            """)
        deleteTombstone = try held("DELETE FROM tombstones WHERE company = ? AND id = ?")
        insertDeparture = try held(
            "INSERT INTO departures (company, id, record, successor, feed) VALUES (?, ?, ?, ?, ?)")
        findDeparture = try held("SELECT 1 FROM departures WHERE company = ? AND id = ?")
    }

    // MARK: Feeds and groups

    /// Writes how far a feed has come. A feed that was through once stays complete while it is read again, and as old as
    /// it was: until its last page, some customers are as they were then.
    /// - Returns: the feed's number, or `nil` when the company has as many feeds as there may be.
    func feed(_ page: ChangePage, now: Int64) throws -> Int64? {
        let find = try HeldStatement(connection, "SELECT number FROM feeds WHERE company = ? AND name = ?")
        find.bind(company, at: 1)
        find.bind(page.feed, at: 2)
        let known = try find.integer()
        if known == nil, try count(of: "feeds") >= Int64(CustomersLimits.feedsMax) { return nil }
        let write = try HeldStatement(
            connection,
            """
            INSERT INTO feeds (company, name, cursor, applied_at, complete) VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (company, name) DO UPDATE SET
                cursor = excluded.cursor,
                applied_at = iif(excluded.complete OR NOT complete, excluded.applied_at, applied_at),
                complete = excluded.complete OR complete
            """)
        write.bind(company, at: 1)
        write.bind(page.feed, at: 2)
        write.bind(try keys.cursors.seal(page.cursor), at: 3)
        write.bind(now, at: 4)
        write.bind(page.isComplete ? 1 : 0, at: 5)
        try write.run()
        return try known ?? find.integer()
    }

    /// Where a feed goes on; `nil` before its first page, and where its seal is broken.
    func cursor(of feed: String) throws -> [UInt8]? {
        let find = try HeldStatement(connection, "SELECT cursor FROM feeds WHERE company = ? AND name = ?")
        find.bind(company, at: 1)
        find.bind(feed, at: 2)
        var sealed: [UInt8]?
        try find.rows { row in
            sealed = row.blob(0)
            return false
        }
        return sealed.flatMap { try? keys.cursors.open($0) }
    }

    /// The company's feeds by their numbers.
    func feedNames() throws -> [Int64: String] {
        let find = try HeldStatement(connection, "SELECT number, name FROM feeds WHERE company = ?")
        find.bind(company, at: 1)
        var names: [Int64: String] = [:]
        try find.rows { row in
            names[row.integer(0)] = row.text(1)
            return true
        }
        return names
    }

    /// The number of the feed of customers who were made in the store; `nil` when none was.
    func provisionalFeed() throws -> Int64? {
        let find = try HeldStatement(connection, "SELECT number FROM feeds WHERE company = ? AND name = ?")
        find.bind(company, at: 1)
        find.bind(Replica.provisionalFeed, at: 2)
        return try find.integer()
    }

    /// The numbers of a feed's groups by their ids.
    func groups(feed: Int64) throws -> [String: Int64] {
        let select = try HeldStatement(
            connection, "SELECT id, number FROM customer_groups WHERE company = ? AND feed = ?")
        select.bind(company, at: 1)
        select.bind(feed, at: 2)
        var groups: [String: Int64] = [:]
        try select.rows { row in
            groups[row.text(0)] = row.integer(1)
            return true
        }
        return groups
    }

    /// - Returns: the group's number, or `nil` when the company has as many groups as there may be.
    func write(_ group: GroupTerms, feed: Int64, isKnown: Bool) throws -> Int64? {
        if !isKnown, try count(of: "customer_groups") >= Int64(CustomersLimits.groupsMax) { return nil }
        let write = try HeldStatement(
            connection,
            """
            INSERT INTO customer_groups (company, feed, id, name, discount, cashback) VALUES (?, ?, ?, ?, ?, ?)
            ON CONFLICT (company, feed, id) DO UPDATE SET
                name = excluded.name, discount = excluded.discount, cashback = excluded.cashback
            RETURNING number
            """)
        write.bind(company, at: 1)
        write.bind(feed, at: 2)
        write.bind(group.group.id, at: 3)
        write.bind(group.group.name, at: 4)
        write.bind(group.terms.discountBasisPoints.map { Int64($0) }, at: 5)
        write.bind(group.terms.cashbackBasisPoints.map { Int64($0) }, at: 6)
        // A statement that returns rows has done its work only at the last of them.
        var number: Int64?
        try write.rows { row in
            number = row.integer(0)
            return true
        }
        return number
    }

    private func count(of table: String) throws -> Int64 {
        let select = try HeldStatement(connection, "SELECT count(*) FROM \(table) WHERE company = ?")
        select.bind(company, at: 1)
        return try select.integer() ?? 0
    }

    func addToCount(_ difference: Int) throws {
        guard difference != 0 else { return }
        let update = try HeldStatement(
            connection, "UPDATE companies SET customers = customers + ? WHERE number = ?")
        update.bind(Int64(difference), at: 1)
        update.bind(company, at: 2)
        try update.run()
    }

    // MARK: Customers

    func customer(_ id: CustomerID) throws -> (number: Int64, sealed: [UInt8])? {
        findCustomer.bind(company, at: 1)
        findCustomer.bind(id.digest, at: 2)
        var found: (Int64, [UInt8])?
        try findCustomer.rows { row in
            found = (row.integer(0), row.blob(1))
            return false
        }
        return found
    }

    /// The sealed record of the customer with a number.
    func customer(number: Int64) throws -> [UInt8]? {
        findNumber.bind(number, at: 1)
        var found: [UInt8]?
        try findNumber.rows { row in
            found = row.blob(0)
            return false
        }
        return found
    }

    func insert(_ id: CustomerID, sealed: [UInt8]) throws -> Int64 {
        insertCustomer.bind(company, at: 1)
        insertCustomer.bind(id.digest, at: 2)
        insertCustomer.bind(sealed, at: 3)
        try insertCustomer.run()
        return sqlite3_last_insert_rowid(connection)
    }

    func update(_ number: Int64, sealed: [UInt8]) throws {
        updateCustomer.bind(sealed, at: 1)
        updateCustomer.bind(number, at: 2)
        try updateCustomer.run()
    }

    func delete(_ number: Int64) throws {
        deleteCustomer.bind(number, at: 1)
        try deleteCustomer.run()
    }

    // MARK: Identifiers

    /// The customer who has a value that only one may have.
    func holder(of entry: PreparedCustomer.Entry) throws -> Int64? {
        if let holder = try holder(of: entry.blind, entry.form.column) { return holder }
        guard let before = keys.before else { return nil }
        return try holder(of: before.blind(entry.form.value, entry.form.kind), entry.form.column)
    }

    private func holder(of blind: BlindIndex, _ column: Int64) throws -> Int64? {
        findHolder.bind(company, at: 1)
        findHolder.bind(blind, at: 2)
        findHolder.bind(column, at: 3)
        return try findHolder.integer()
    }

    /// The customers who have a value, whether one alone may or several.
    func holders(of entry: PreparedCustomer.Entry) throws -> [Int64] {
        var holders: [Int64] = []
        for keys in [keys, keys.before].compactMap(\.self) {
            findHolders.bind(company, at: 1)
            findHolders.bind(keys.blind(entry.form.value, entry.form.kind), at: 2)
            findHolders.bind(entry.form.column, at: 3)
            try findHolders.rows { row in
                holders.append(row.integer(0))
                return holders.count < CustomersLimits.candidatesMax
            }
        }
        return holders
    }

    func insert(_ blind: BlindIndex, _ column: Int64, isShared: Bool, customer: Int64) throws {
        try run(insertIdentifier, blind, column, isShared, customer)
    }

    /// Inserts a row unless it is there.
    func keep(_ entry: PreparedCustomer.Entry, customer: Int64) throws {
        try run(keepIdentifier, entry.blind, entry.form.column, entry.form.isShared, customer)
    }

    func delete(_ entry: PreparedCustomer.Entry, customer: Int64) throws {
        try run(deleteIdentifier, entry.blind, entry.form.column, entry.form.isShared, customer)
    }

    private func run(
        _ statement: HeldStatement, _ blind: BlindIndex, _ column: Int64, _ isShared: Bool, _ customer: Int64
    ) throws {
        statement.bind(company, at: 1)
        statement.bind(blind, at: 2)
        statement.bind(column, at: 3)
        statement.bind(isShared ? customer : 0, at: 4)
        statement.bind(customer, at: 5)
        try statement.run()
    }

    // MARK: Tokens and what a broken record leaves

    func insert(token: Int64, customer: Int64) throws {
        insertToken.bind(token, at: 1)
        insertToken.bind(customer, at: 2)
        try insertToken.run()
    }

    func delete(token: Int64, customer: Int64) throws {
        deleteToken.bind(token, at: 1)
        deleteToken.bind(customer, at: 2)
        try deleteToken.run()
    }

    /// Removes a customer's index rows without knowing them. It looks at every row there is.
    func sweep(_ customer: Int64) throws {
        for statement in [sweepIdentifiers, sweepTokens] {
            statement.bind(customer, at: 1)
            try statement.run()
        }
    }

    // MARK: Tombstones

    func hasCustomers() throws -> Bool {
        try HeldStatement(connection, "SELECT 1 FROM customers LIMIT 1").integer() != nil
    }

    func hasTombstones() throws -> Bool {
        let select = try HeldStatement(connection, "SELECT 1 FROM tombstones WHERE company = ? LIMIT 1")
        select.bind(company, at: 1)
        return try select.integer() != nil
    }

    func tombstone(of id: CustomerID) throws -> Tombstone? {
        findTombstone.bind(company, at: 1)
        findTombstone.bind(id.digest, at: 2)
        var found: Tombstone?
        try findTombstone.rows { row in
            found = Tombstone(erasedAt: row.integer(0), isAsked: row.integer(1) != 0)
            return false
        }
        return found
    }

    /// Lays a tombstone, or makes one that is there as late and as strict as this one.
    func bury(_ id: CustomerID, _ tombstone: Tombstone) throws {
        insertTombstone.bind(company, at: 1)
        insertTombstone.bind(id.digest, at: 2)
        insertTombstone.bind(tombstone.erasedAt, at: 3)
        insertTombstone.bind(tombstone.isAsked ? 1 : 0, at: 4)
        try insertTombstone.run()
    }

    func hasDeparted(_ id: CustomerID) throws -> Bool {
        findDeparture.bind(company, at: 1)
        findDeparture.bind(id.digest, at: 2)
        return try findDeparture.integer() != nil
    }

    /// Notes that the customer's traces elsewhere are to be removed, or to go on as a successor's.
    /// - Parameter feed: the name of the feed that had the customer, where the record's number says nothing.
    func depart(_ id: CustomerID, sealed: [UInt8], successor: CustomerID? = nil, feed: String = "") throws {
        insertDeparture.bind(company, at: 1)
        insertDeparture.bind(id.digest, at: 2)
        insertDeparture.bind(sealed, at: 3)
        if let successor {
            insertDeparture.bind(successor.digest, at: 4)
        } else {
            insertDeparture.bind(nil as Int64?, at: 4)
        }
        insertDeparture.bind(feed, at: 5)
        try insertDeparture.run()
        let number = sqlite3_last_insert_rowid(connection)
        departed.append(Departed(id: id, sealed: sealed, successor: successor, number: number, feed: feed))
    }

    func unbury(_ id: CustomerID) throws {
        deleteTombstone.bind(company, at: 1)
        deleteTombstone.bind(id.digest, at: 2)
        try deleteTombstone.run()
    }
}
