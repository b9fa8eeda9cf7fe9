import Foundation
import GRDB
import Storage

/// The file that a replica stands on, until it is set aside.
struct ReplicaFile: Sendable {
    let pool: DatabasePool
    /// The company's number in the file.
    let company: Int64
    /// Where a broken file was put to make room for this one.
    var setAside: String?
    let beginning = FileBeginning()

    /// Opens the file, or makes it; a broken one is set aside.
    ///
    /// Of a file that the last run left whole only a bounded sample is looked at here: to read all of it takes two
    /// seconds with a million customers, and meanwhile a whole store would recognise nobody.
    /// ``Replica/checkWhole()`` does so while the edge serves. A file that was not left whole may come from a power cut,
    /// which is what breaks disks; all of it is read first.
    static func open(path: String, vault: Vault, company: String, now: Date) throws -> ReplicaFile {
        let (pool, setAside) = try DatabaseFile.openPool(
            path: path, applicationID: ReplicaSchema.applicationID, schema: ReplicaSchema.migrator,
            synchronous: .normal, ifBroken: .setAside,
            look: CleanMark.take(from: path) ? .sample(ReplicaSchema.sample) : .whole, now: now)
        do {
            try checkKey(vault, in: pool)
            return ReplicaFile(pool: pool, company: try number(of: company, in: pool), setAside: setAside)
        } catch {
            try? pool.close()
            throw error
        }
    }

    private static func checkKey(_ vault: Vault, in pool: DatabasePool) throws {
        try pool.write { database in
            guard let found = try Data.fetchOne(database, sql: "SELECT key_check FROM replica") else {
                let check = Data(vault.keyCheck(of: CompanyKeys.keyName))
                try database.execute(sql: "INSERT INTO replica VALUES (1, ?)", arguments: [check])
                return
            }
            guard vault.standing(found, of: CompanyKeys.keyName) != .other else {
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
}
