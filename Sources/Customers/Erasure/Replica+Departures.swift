import Foundation
import GRDB
import Storage

extension Replica {
    /// Customers who are gone from the copy and whose traces elsewhere are still to be removed, oldest first.
    /// - Throws: ``CustomersError`` when the file cannot be read.
    package func departures(limit: Int = CustomersLimits.departuresReadMax) throws(CustomersError) -> [Departure] {
        do {
            let file = present
            return try file.pool.read { database in
                let names = try Row.fetchAll(
                    database, sql: "SELECT number, name FROM feeds WHERE company = ?", arguments: [file.company])
                let feeds = Dictionary(
                    uniqueKeysWithValues: names.map { row -> (Int64, String) in (row["number"], row["name"]) })
                return try Row.fetchAll(
                    database,
                    sql: """
                        SELECT number, id, record, successor, feed FROM departures WHERE company = ? ORDER BY number LIMIT ?
                        """,
                    arguments: [file.company, limit]
                ).map { departure($0, feeds) }
            }
        } catch {
            throw CustomersError(error, path: path)
        }
    }

    private func departure(_ row: Row, _ feeds: [Int64: String]) -> Departure {
        let (id, sealed, feed): (Data, Data, String) = (row["id"], row["record"], row["feed"])
        let row = ReplicaRows.Departed(
            id: CustomerID(bytes: Array(id)), sealed: Array(sealed),
            successor: (row["successor"] as Data?).map { CustomerID(bytes: Array($0)) }, number: row["number"],
            feed: feed)
        return departure(row, feeds)
    }

    private func departure(_ row: ReplicaRows.Departed, _ feeds: [Int64: String]) -> Departure {
        let record = (try? keys.records.open(row.sealed)).flatMap { RecordDecoder.decode($0) }
        return Departure(
            number: row.number, id: row.id.text,
            feed: row.feed.isEmpty ? record.flatMap { feeds[$0.feed] } ?? "" : row.feed,
            identifiers: record?.identifiers ?? [], successor: row.successor?.text)
    }

    /// Has those kept who have left the rows, before the transaction in which they did ends.
    func keep(_ departed: [ReplicaRows.Departed], feeds: @autoclosure () throws -> [Int64: String]) throws {
        guard let memory, !departed.isEmpty else { return }
        let feeds = try feeds()
        for begin in stride(from: 0, to: departed.count, by: CustomersLimits.departuresKeptAtOnce) {
            let part = departed[begin..<min(begin + CustomersLimits.departuresKeptAtOnce, departed.count)]
            try memory.keep(part.map { departure($0, feeds) })
        }
    }

    /// The traces of these customers are gone: nothing of them is kept here either, but their tombstones.
    /// - Returns: whether the file's log was emptied too; see ``Erasure/isScrubbed``.
    /// - Throws: ``CustomersError`` when the file cannot be written.
    @discardableResult
    package func forget(_ departures: [Departure]) throws(CustomersError) -> Bool {
        do {
            let file = present
            try file.pool.write { database in
                let statement = try database.cachedStatement(
                    sql: "DELETE FROM departures WHERE company = ? AND number = ?")
                for departure in departures { try statement.execute(arguments: [file.company, departure.number]) }
            }
        } catch {
            throw CustomersError(error, path: path)
        }
        return try scrub()
    }
}
