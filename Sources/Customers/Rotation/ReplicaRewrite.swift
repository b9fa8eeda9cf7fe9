import Foundation
import GRDB
import GRDBSQLite
package import Storage

/// Rewrites the replica's rows under the store's present key: a customer's record, identifiers and tokens in one transaction.
/// Opaque ids and tombstones are pseudonyms and stay.
package struct ReplicaRewrite: FileRewrite {
    package let name = "replica.db"
    package private(set) var progress: (rows: Int, of: Int)

    private let replica: Replica
    /// Behind the customer with this number.
    private var last: Int64 = 0
    private var hasCustomersLeft = true
    private var tables: [TableRewrite] = []
    private var wipesLeft = StorageLimits.rewriteWipesMax

    init(_ replica: Replica) throws {
        self.replica = replica
        let count = try replica.pool.read { try Int.fetchOne($0, sql: "SELECT sum(customers) FROM companies") ?? 0 }
        progress = (0, count)
    }

    package mutating func step(while goesOn: () -> Bool) throws -> Bool {
        let file = replica.present
        var isDone = false
        try file.pool.writeWithoutTransaction { database in
            try database.inTransaction(.immediate) {
                // A broken file may have been set aside meanwhile, for one that was begun under the present key.
                isDone = try !replica.holdsOlderRows(database)
                guard !isDone else { return .rollback }
                if hasCustomersLeft {
                    try rewriteCustomers(database)
                } else if !tables.isEmpty {
                    let (looked, _) = try tables[0].step(database)
                    if looked < StorageLimits.rewriteStepRows { tables.removeFirst() }
                } else {
                    try database.execute(
                        sql: "UPDATE replica SET key_check = ?",
                        arguments: [Data(replica.vault.keyCheck(of: CompanyKeys.keyName))])
                    isDone = true
                }
                return .commit
            }
        }
        guard isDone else { return true }
        // While a reader holds the log, what was under the key before may be in it.
        wipesLeft -= 1
        return try !replica.wipe(while: goesOn) && wipesLeft > 0
    }

    private mutating func rewriteCustomers(_ database: Database) throws {
        guard let connection = database.sqliteConnection else { throw DatabaseError(resultCode: .SQLITE_MISUSE) }
        let rows = try Row.fetchAll(
            database, sql: "SELECT number, company, record FROM customers WHERE number > ? ORDER BY number LIMIT ?",
            arguments: [last, StorageLimits.rewriteStepRows])
        let companies = try Self.companies(database, replica.vault)
        var writers: [Int64: CustomerRewrite] = [:]
        for row in rows {
            let (number, company): (Int64, Int64) = (row["number"], row["company"])
            last = number
            guard let keys = companies[company] else { continue }
            if writers[company] == nil {
                writers[company] = try CustomerRewrite(
                    ReplicaRows(connection, company: company, keys: keys), region: replica.region)
            }
            try writers[company]?.rewrite(number, sealed: [UInt8](row["record"] as Data))
        }
        progress.rows += rows.count
        progress.of = max(progress.of, progress.rows)
        guard rows.count < StorageLimits.rewriteStepRows else { return }
        hasCustomersLeft = false
        // A customer who left while the others were rewritten took along a record as it was.
        tables = [("feeds", "cursor"), ("departures", "record")].map { table, column in
            TableRewrite(table, key: ["number"]) { row in
                guard let keys = companies[row["company"]] else { return nil }
                let sealer = column == "cursor" ? keys.cursors : keys.records
                return try sealer.resealed(row[column]).map { [(column, $0)] }
            }
        }
    }

    private static func companies(_ database: Database, _ vault: Vault) throws -> [Int64: CompanyKeys] {
        let rows = try Row.fetchAll(database, sql: "SELECT number, name FROM companies")
        return Dictionary(
            uniqueKeysWithValues: rows.map { row -> (Int64, CompanyKeys) in
                (row["number"], CompanyKeys(vault: vault, company: row["name"]))
            })
    }
}

/// Rewrites the customers of one company.
private struct CustomerRewrite {
    private let rows: ReplicaRows
    private var present: PagePreparation
    private var before: PagePreparation

    init(_ rows: ReplicaRows, region: PhoneRegion) {
        self.rows = rows
        present = PagePreparation(keys: rows.keys, region: region)
        before = PagePreparation(keys: rows.keys.before ?? rows.keys, region: region)
    }

    /// One whose record cannot be read by anybody stays as it is, until its feed gives the customer again.
    mutating func rewrite(_ number: Int64, sealed: [UInt8]) throws {
        let records = rows.keys.records
        guard records.isOutdated(sealed), let plain = try? records.open(sealed),
            let record = RecordDecoder.decode(plain)
        else { return }
        let older = before.index(of: record)
        for entry in older.entries { try rows.delete(entry, customer: number) }
        for token in older.tokens { try rows.delete(token: token, customer: number) }
        try rows.update(number, sealed: try records.seal(plain))
        let index = present.index(of: record)
        for entry in index.entries { try rows.keep(entry, customer: number) }
        for token in index.tokens { try rows.insert(token: token, customer: number) }
    }
}

extension Replica {
    package static let keyCheck = KeyCheck(table: "replica", name: CompanyKeys.keyName)

    /// What is to be done so that the key before is not needed for the replica; `nil` when it is not.
    /// - Throws: ``CustomersError`` when the file cannot be read.
    package func rewrite() throws(CustomersError) -> ReplicaRewrite? {
        do {
            guard try pool.read({ try holdsOlderRows($0) }) else { return nil }
            return try ReplicaRewrite(self)
        } catch {
            throw CustomersError(error, path: path)
        }
    }

    func holdsOlderRows(_ database: Database) throws -> Bool {
        let check = try Data.fetchOne(database, sql: "SELECT key_check FROM replica") ?? Data()
        return vault.standing(check, of: CompanyKeys.keyName) == .before
    }
}
