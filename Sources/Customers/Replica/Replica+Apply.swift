import Foundation
import GRDB
import GRDBSQLite
import Synchronization

extension Replica {
    /// Takes a page of changes and its feed's cursor, in one transaction: readers see the whole page or nothing of it.
    ///
    /// Rows that cannot be taken are left out and named in the answer; the others are taken. Large pages are far faster
    /// than small ones: a first load does well with 50,000 rows.
    /// - Throws: ``CustomersError``: `pageRefused` for a page beyond ``CustomersLimits``, `diskFull` and the like; nothing
    ///   of the page is taken then.
    @discardableResult
    package func apply(_ page: ChangePage) throws(CustomersError) -> AppliedPage {
        try check(page)
        do {
            let file = try begunFile()
            return try file.pool.writeWithoutTransaction { database in
                guard let connection = database.sqliteConnection else {
                    throw CustomersError(.inputOutput, "\(path) is closed. Open it again.")
                }
                let isLarge = page.customers.count >= CustomersLimits.largePageRows
                if isLarge { try setCache(CustomersLimits.writerCacheKiB, database) }
                defer {
                    if isLarge {
                        try? setCache(CustomersLimits.readerCacheKiB, database)
                        try? database.execute(sql: "PRAGMA shrink_memory")
                    }
                }
                var applied = AppliedPage()
                var replaced: [Int64] = []
                var filter = self.filter.withLock { $0.take() }
                try database.inTransaction(.immediate) {
                    let rows = try ReplicaRows(connection, company: file.company, keys: keys)
                    try checkPlace(of: page, in: rows)
                    let application = try PageApplication(rows: rows, region: region, filter: filter.take())
                    (applied, replaced, filter) = try application.apply(page, now: now())
                    try keep(rows.departed, feeds: try rows.feedNames())
                    return .commit
                }
                standing.replaced(replaced)
                if applied.removed > 0 || applied.merged > 0 { tellDeparture() }
                self.filter.withLock { [filter] in $0 = filter }
                return applied
            }
        } catch {
            throw CustomersError(error, path: path)
        }
    }

    private func checkPlace(of page: ChangePage, in rows: ReplicaRows) throws {
        guard let place = page.follows, try rows.cursor(of: page.feed) != place else { return }
        throw CustomersError(
            .placeLost, "The local copy is not where the page goes on from. The feed begins at the front.")
    }

    private func setCache(_ kibibytes: Int, _ database: Database) throws {
        try database.execute(sql: "PRAGMA cache_size = -\(kibibytes)")
    }

    private func check(_ page: ChangePage) throws(CustomersError) {
        guard (1...CustomersLimits.feedBytesMax).contains(page.feed.utf8.count),
            page.cursor.count <= CustomersLimits.cursorBytesMax
        else {
            throw CustomersError(
                .pageRefused, "A page's feed has no name, or its name or cursor is too long. Correct the connector.")
        }
        guard page.customers.count <= CustomersLimits.pageRowsMax, page.groups.count <= CustomersLimits.groupsMax else {
            throw CustomersError(
                .pageRefused,
                "A page has more than \(CustomersLimits.pageRowsMax) customers or \(CustomersLimits.groupsMax) groups. "
                    + "Give it in smaller ones.")
        }
    }
}
