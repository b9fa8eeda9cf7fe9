import Foundation
import GRDB
import Storage

extension Replica {
    /// How many rows are looked at in one transaction, so that whoever else writes waits for no longer than that.
    private static let forgettingRows = 1_000

    /// Takes everybody out of the copy whom a feed brought that brings nothing more, and forgets how far it came. Nobody of them
    /// is refused when he comes again: he left no tombstone. What the store keeps of them elsewhere goes; see
    /// ``departures(limit:)``. When it is broken off, it can be done again.
    /// - Parameter isEnded: asked before each thousand of them: whether to break it off.
    /// - Returns: how many there were; `nil` when it was broken off.
    /// - Throws: ``CustomersError`` when the file cannot be read or written.
    package func forget(feed name: String, isEnded: () -> Bool = { false }) throws(CustomersError) -> Int? {
        var (last, count): (Int64?, Int) = (0, 0)
        // Those who have left have left traces, whatever becomes of the others.
        defer { if count > 0 { tellDeparture() } }
        do {
            while let place = last {
                guard !isEnded() else { return nil }
                let step = try forget(feed: name, after: place)
                last = step.last
                count += step.count
            }
        } catch {
            throw CustomersError(error, path: path)
        }
        return count
    }

    /// - Returns: how far it came; `nil` for `last` behind the last row.
    private func forget(feed name: String, after place: Int64) throws -> (last: Int64?, count: Int) {
        let file = try begunFile()
        return try write(in: file) { rows, database in
            let number = try Int64.fetchOne(
                database, sql: "SELECT number FROM feeds WHERE company = ? AND name = ?",
                arguments: [file.company, name])
            guard let number else { return (nil, 0) }
            let found = try Row.fetchAll(
                database,
                sql: "SELECT number, record FROM customers WHERE company = ? AND number > ? ORDER BY number LIMIT ?",
                arguments: [file.company, place, Self.forgettingRows])
            var application = try PageApplication(rows: rows, region: region)
            var count = 0
            for row in found where try application.leave(row["number"], row["record"], feed: number) { count += 1 }
            try rows.addToCount(-count)
            // Their records name no feed any more, whose number another one may get.
            try keep(rows.departed, feeds: [:])
            guard found.count < Self.forgettingRows else { return (found.last?["number"], count) }
            for table in ["customer_groups WHERE feed", "feeds WHERE number"] {
                try database.execute(
                    sql: "DELETE FROM \(table) = ? AND company = ?", arguments: [number, file.company])
            }
            return (nil, count)
        }
    }
}

extension PageApplication {
    /// Removes a customer, unless he is of another feed than this, or nobody can tell.
    fileprivate mutating func leave(_ number: Int64, _ record: Data, feed: Int64) throws -> Bool {
        let sealed = [UInt8](record)
        guard let plain = try? rows.keys.records.open(sealed), let record = RecordDecoder.decode(plain),
            record.feed == feed
        else { return false }
        let left = try rows.keys.records.seal(RecordEncoder.encode(record.withoutFeed))
        try rows.depart(record.id, sealed: left)
        try removeIndexRows(of: number, sealed: sealed)
        try rows.delete(number)
        return true
    }
}
