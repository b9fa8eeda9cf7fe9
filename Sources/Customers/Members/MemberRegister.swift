package import Foundation
import GRDB
package import Storage
import Synchronization

/// The customers this store enrolled, in `members.db`, with what they agreed to: on the disk before anybody is told. It cannot be
/// loaded again from elsewhere, and the local copy is filled from it when that begins anew.
package final class MemberRegister: Sendable {
    static let context = "members.record"
    static let openContext = "members.enrolment"
    /// What the file's key check is made of.
    static let keyName = "members"

    private let company: String
    private let present: Mutex<Vault>
    let pool: DatabasePool
    private let lock: FileLock
    let path: String

    /// - Throws: ``CustomersError``. A broken file is left as it is, and so is one of another key: a person decides.
    package init(path: String, vault: Vault, company: String) throws(CustomersError) {
        self.path = path
        self.present = Mutex(vault)
        self.company = company
        do throws(StorageError) {
            lock = try FileLock(path: path)
            pool = try DatabaseFile.openPool(
                path: path, applicationID: MemberSchema.applicationID, schema: MemberSchema.migrator,
                synchronous: .full, ifBroken: .fail
            ).pool
        } catch {
            throw CustomersError(storage: error)
        }
        let check = Data(vault.keyCheck(of: Self.keyName))
        let present = try write { database in
            try database.execute(
                sql: "INSERT INTO members_key (id, key_check) VALUES (1, ?) ON CONFLICT DO NOTHING", arguments: [check])
            return try Data.fetchOne(database, sql: "SELECT key_check FROM members_key")
        }
        guard vault.standing(present ?? Data(), of: Self.keyName) != .other else {
            close()
            throw CustomersError(
                .wrongKey, "\(path) was sealed under another key. Put the store's key back.")
        }
    }

    /// What values are sealed with now. Whoever writes takes it within the transaction that writes, so that what is under the
    /// key before is all in the file before its rewriting begins.
    var vault: Vault { present.withLock { $0 } }

    /// Seals from now on under another vault, while everything goes on. It opens what was sealed so far: the key before is in
    /// it until ``rewrite()`` has nothing to do.
    package func change(to vault: Vault) { present.withLock { $0 = vault } }

    package func close() {
        try? DatabaseFile.close(pool)
        lock.release()
    }

    /// Writes a member down, or anew.
    /// - Parameter enrolment: what is kept with it in the same transaction, as ``keep(enrolment:_:)`` keeps it.
    package func keep(
        _ member: Member, of system: String, with enrolment: (id: String, saved: [UInt8])? = nil
    ) throws(CustomersError) {
        try write { database in
            let vault = vault
            if let enrolment { try keep(enrolment.saved, as: enrolment.id, in: database) }
            let sealed = try vault.seal(Array(try JSONEncoder().encode(SealedMember(member))), context: Self.context)
            if let before = vault.before {
                try database.execute(
                    sql: "UPDATE OR IGNORE members SET subject = ? WHERE company = ? AND system = ? AND subject = ?",
                    arguments: [
                        Self.blind(member.subject, system, company: company, vault), company, system,
                        Self.blind(member.subject, system, company: company, before),
                    ])
            }
            try database.execute(
                sql: """
                    INSERT INTO members (company, system, subject, customer, is_own, record, enrolled_at)
                    VALUES (?, ?, ?, ?, ?, ?, ?)
                    ON CONFLICT (company, system, subject) DO UPDATE SET
                        customer = excluded.customer, is_own = excluded.is_own, record = excluded.record,
                        enrolled_at = excluded.enrolled_at
                    """,
                arguments: [
                    company, system, Self.blind(member.subject, system, company: company, vault), member.customer,
                    member.record != nil, Data(sealed),
                    member.enrolledAt.milliseconds,
                ])
        }
    }

    /// Whom a system's identity was enrolled as.
    package func member(_ subject: String, of system: String) throws(CustomersError) -> Member? {
        try read { database in
            let vault = vault
            return try Row.fetchOne(
                database, sql: "SELECT * FROM members WHERE company = ? AND system = ? AND subject IN (?, ?)",
                arguments: [
                    company, system, Self.blind(subject, system, company: company, vault),
                    Self.blind(subject, system, company: company, vault.before ?? vault),
                ]
            ).map(member)
        }
    }

    /// What is kept of a customer, at most ``CustomersLimits/membersReadMax``.
    package func members(customer: String) throws(CustomersError) -> [Member] {
        try enrolled(customer: customer).map(\.member)
    }

    /// What is kept of a customer, with the systems of which the identities are.
    package func enrolled(customer: String) throws(CustomersError) -> [(system: String, member: Member)] {
        try read { database in
            try Row.fetchAll(
                database, sql: "SELECT * FROM members WHERE company = ? AND customer = ? LIMIT ?",
                arguments: [company, customer, CustomersLimits.membersReadMax]
            ).map { ($0["system"], try member($0)) }
        }
    }

    /// The members whom the local copy knows from here alone, from a number on.
    package func own(
        of system: String, after number: Int64, limit: Int
    ) throws(CustomersError) -> (members: [Member], last: Int64)? {
        try read { database in
            let rows = try Row.fetchAll(
                database,
                sql: """
                    SELECT * FROM members WHERE company = ? AND system = ? AND is_own = 1 AND number > ?
                    ORDER BY number LIMIT ?
                    """, arguments: [company, system, number, limit])
            guard let last = rows.last else { return nil }
            return (try rows.map(member), last["number"])
        }
    }

    /// Has what is kept of a customer go on as another one's.
    package func move(customer: String, to successor: String) throws(CustomersError) {
        try write { database in
            try database.execute(
                sql: "UPDATE members SET customer = ? WHERE company = ? AND customer = ?",
                arguments: [successor, company, customer])
        }
    }

    /// What is kept of customers since before a time, oldest first, at most ``CustomersLimits/membersReadMax``, with the systems
    /// of which the identities are.
    package func enrolled(before time: Date) throws(CustomersError) -> [(system: String, member: Member)] {
        try read { database in
            try Row.fetchAll(
                database,
                sql: "SELECT * FROM members WHERE company = ? AND enrolled_at < ? ORDER BY enrolled_at LIMIT ?",
                arguments: [company, time.milliseconds, CustomersLimits.membersReadMax]
            ).map { ($0["system"], try member($0)) }
        }
    }

    /// Forgets an enrolment of a customer who stays.
    package func forget(_ member: Member, of system: String) throws(CustomersError) {
        try write { database in
            try database.execute(
                sql: "DELETE FROM members WHERE company = ? AND system = ? AND customer = ? AND enrolled_at = ?",
                arguments: [company, system, member.customer, member.enrolledAt.milliseconds])
        }
    }

    /// Forgets everything about a customer.
    @discardableResult
    package func erase(customer: String) throws(CustomersError) -> Int {
        let count = try write { database in
            try database.execute(
                sql: "DELETE FROM members WHERE company = ? AND customer = ?", arguments: [company, customer])
            return database.changesCount
        }
        if count > 0 { _ = try? pool.writeWithoutTransaction { try $0.checkpoint(.truncate) } }
        return count
    }

    /// Empties the file's log, and overwrites what copies of deleted rows SQLite left between others.
    /// - Parameter goesOn: asked between steps; false ends it there.
    /// - Returns: false when a reader held the log for longer than a step of it waits, or it was ended.
    package func wipe(while goesOn: () -> Bool = { true }) throws(CustomersError) -> Bool {
        do throws(StorageError) {
            return try DatabaseFile.wipe(pool, while: goesOn)
        } catch {
            throw CustomersError(storage: error)
        }
    }

    // MARK: Enrolments under way

    /// Keeps what an enrolment under way has to know after a restart; `nil` forgets it.
    package func keep(enrolment id: String, _ saved: [UInt8]?) throws(CustomersError) {
        try write { database in
            guard let saved else {
                return try database.execute(sql: "DELETE FROM enrolments WHERE id = ?", arguments: [id])
            }
            try keep(saved, as: id, in: database)
        }
    }

    private func keep(_ saved: [UInt8], as id: String, in database: Database) throws {
        try database.execute(
            sql: "INSERT OR REPLACE INTO enrolments (id, state) VALUES (?, ?)",
            arguments: [id, Data(try vault.seal(saved, context: Self.openContext))])
    }

    /// The enrolments that were under way when the edge ended.
    package func enrolments() throws(CustomersError) -> [[UInt8]] {
        try read { database in
            try Data.fetchAll(database, sql: "SELECT state FROM enrolments")
                .map { try vault.open($0, context: Self.openContext) }
        }
    }

    // MARK: Within

    static func blind(_ subject: String, _ system: String, company: String, _ vault: Vault) -> Data {
        Data(vault.blindIndex(Array(subject.utf8), domain: "member \(company.utf8.count) \(company)\(system)"))
    }

    private func member(_ row: Row) throws -> Member {
        let sealed: Data = row["record"]
        let plain = Data(try vault.open(sealed, context: Self.context))
        return try JSONDecoder().decode(SealedMember.self, from: plain).member(
            customer: row["customer"], enrolledAt: Date(milliseconds: row["enrolled_at"]))
    }

    private func read<Value>(_ body: (Database) throws -> Value) throws(CustomersError) -> Value {
        do {
            return try pool.read(body)
        } catch {
            throw CustomersError(error, path: path)
        }
    }

    private func write<Value>(_ body: (Database) throws -> Value) throws(CustomersError) -> Value {
        do {
            return try pool.write(body)
        } catch {
            throw CustomersError(error, path: path)
        }
    }
}

extension MemberRegister {
    /// SQLite's `user_version` of the newest register of members that this version reads.
    package static var schemaVersion: Int { MemberSchema.migrator.migrations.count }
}

/// The tables of `members.db`.
private enum MemberSchema {
    /// "CMEM": https://www.sqlite.org/fileformat.html, section 1.3.16.
    static let applicationID: Int32 = 0x434D_454D

    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("members") { try $0.execute(sql: members) }
        return migrator
    }

    /// `subject` is a keyed digest of the system's identity; `record` and `state` are sealed. Times are milliseconds since 1970,
    /// UTC.
    private static let members = """
        CREATE TABLE members_key (
            id INTEGER PRIMARY KEY CHECK (id = 1),
            key_check BLOB NOT NULL
        ) STRICT;
        CREATE TABLE members (
            number INTEGER PRIMARY KEY,
            company TEXT NOT NULL,
            system TEXT NOT NULL,
            subject BLOB NOT NULL CHECK (length(subject) = 16),
            customer TEXT NOT NULL,
            is_own INTEGER NOT NULL,
            record BLOB NOT NULL,
            enrolled_at INTEGER NOT NULL,
            UNIQUE (company, system, subject)
        ) STRICT;
        CREATE INDEX members_customer ON members (company, customer);
        CREATE TABLE enrolments (
            id TEXT PRIMARY KEY,
            state BLOB NOT NULL
        ) STRICT, WITHOUT ROWID;
        """
}
