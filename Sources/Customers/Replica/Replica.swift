package import Foundation
import GRDB
package import Storage

/// The store's copy of one company's customers, sealed in one file. It can be loaded anew at any time.
///
/// Changes come in pages by ``apply(_:)``, from any thread, one after the other. Answers come from a ``ReplicaReader``,
/// of which every thread that answers has its own. Several companies may share a file; none sees another's rows.
package final class Replica: Sendable {
    /// Where a broken file was put at the start of this run. The copy is empty then, and says that it is not complete.
    package let setAside: String?
    package let company: String
    /// Whose phone numbers come without a country code.
    package let region: PhoneRegion

    let pool: DatabasePool
    let keys: CompanyKeys
    /// The company's number in the file.
    let number: Int64
    let now: @Sendable () -> Date
    private let lock: FileLock

    /// Opens the replica, or begins one.
    ///
    /// A broken file is set aside. One that was sealed under another key is left as it is.
    /// - Parameters:
    ///   - path: the file; its directory is the edge's own. `NAME.lock` stands beside it.
    ///   - company: the company's name, 1 to ``CustomersLimits/companyBytesMax`` bytes.
    ///   - region: the store's country, two letters; see ``PhoneRegion``.
    ///   - now: the time by which answers grow old.
    /// - Throws: ``CustomersError``: `settingsWrong`, `inUse`, `newerSchema`, `wrongKey`, and what the disk refuses.
    package init(
        path: String, vault: Vault, company: String, region: String,
        now: @escaping @Sendable () -> Date = { Date() }
    ) throws(CustomersError) {
        guard (1...CustomersLimits.companyBytesMax).contains(company.utf8.count) else {
            throw CustomersError(
                .settingsWrong,
                "The company's name has no letter, or more than \(CustomersLimits.companyBytesMax) bytes. "
                    + "Give it another in the configuration.")
        }
        guard let region = PhoneRegion(region) else {
            let known = PhoneRegion.all.map(\.name).joined(separator: ", ")
            throw CustomersError(
                .settingsWrong,
                "The region \(region) is none whose phone numbers are known. Name one of these in the configuration: "
                    + "\(known).")
        }
        do {
            lock = try FileLock(path: path)
            (pool, setAside) = try DatabaseFile.openPool(
                path: path, applicationID: ReplicaSchema.applicationID, schema: ReplicaSchema.migrator,
                synchronous: .normal, ifBroken: .setAside, now: now())
            try Replica.checkKey(vault, in: pool)
            number = try Replica.number(of: company, in: pool)
        } catch {
            throw CustomersError(error, path: path)
        }
        self.company = company
        self.region = region
        self.now = now
        keys = CompanyKeys(vault: vault, company: company)
    }

    /// The file, for messages.
    package var path: String { pool.path }

    private static func checkKey(_ vault: Vault, in pool: DatabasePool) throws {
        let check = Data(CompanyKeys.check(vault))
        try pool.write { database in
            let found = try Data.fetchOne(database, sql: "SELECT key_check FROM replica")
            guard let found else {
                try database.execute(sql: "INSERT INTO replica VALUES (1, ?)", arguments: [check])
                return
            }
            guard found == check else {
                throw CustomersError(
                    .wrongKey,
                    "\(pool.path) was sealed under another key. Put the key file back that belongs to it, or move the "
                        + "replica away, and it is loaded anew.")
            }
        }
    }

    private static func number(of company: String, in pool: DatabasePool) throws -> Int64 {
        try pool.write { database in
            try database.execute(sql: "INSERT OR IGNORE INTO companies (name) VALUES (?)", arguments: [company])
            let number = try Int64.fetchOne(
                database, sql: "SELECT number FROM companies WHERE name = ?", arguments: [company])
            guard let number else {
                throw CustomersError(
                    .replicaBroken, "\(pool.path) does not keep what is written to it. Check the disk.")
            }
            return number
        }
    }

    /// A reader for one thread, on a connection of its own.
    /// - Throws: ``CustomersError`` when the file cannot be opened once more.
    package func makeReader() throws(CustomersError) -> sending ReplicaReader {
        try ReplicaReader(
            path: pool.path, keys: keys, company: number, region: region, now: now, uptime: { ContinuousClock.now })
    }

    /// Where a feed goes on; `nil` before its first page.
    package func cursor(of feed: String) throws(CustomersError) -> [UInt8]? {
        do {
            let sealed = try pool.read { database in
                try Data.fetchOne(
                    database, sql: "SELECT cursor FROM feeds WHERE company = ? AND name = ?", arguments: [number, feed])
            }
            return try sealed.map { try keys.cursors.open($0) }
        } catch {
            throw CustomersError(error, path: pool.path)
        }
    }

    /// How the copy stands.
    package func status() throws(CustomersError) -> ReplicaStatus {
        do {
            let (count, feeds) = try pool.read { database in
                let count = try Int64.fetchOne(
                    database, sql: "SELECT customers FROM companies WHERE number = ?", arguments: [number])
                let rows = try Row.fetchAll(
                    database, sql: "SELECT name, applied_at, complete FROM feeds WHERE company = ?",
                    arguments: [number])
                return (count ?? 0, rows.map { FeedState(name: $0[0], appliedAt: $0[1], isComplete: $0[2]) })
            }
            let provenance = FeedState.provenance(of: feeds, now: now())
            return ReplicaStatus(
                customers: UInt64(max(0, count)), ageMilliseconds: provenance.ageMilliseconds,
                complete: provenance.complete)
        } catch {
            throw CustomersError(error, path: pool.path)
        }
    }

    /// Closes the file. Readers should be gone by then.
    package func close() {
        // What was committed is safe, whatever closing says.
        try? DatabaseFile.close(pool)
        lock.release()
    }
}
