import GRDB
import Storage

/// Saves what can be read of a broken journal into a new one.
///
/// Scans are looked up by their numbers, some at a time, so that a damaged page costs only what stands on it. They stay
/// in their epoch: history, kept for its time and given to nobody, because the numbers that are missing cannot be known.
/// Nothing is opened: sealed bytes are copied as they are. The broken file stays where it is, for better tools.
struct JournalSalvage {
    private let limits: JournalLimits
    private(set) var rows = 0

    init(limits: JournalLimits) {
        self.limits = limits
    }

    /// Copies what can be read; what cannot be is left out without an error.
    mutating func copy(from broken: String, to pool: DatabasePool) {
        var configuration = Configuration()
        configuration.readonly = true
        guard let source = try? DatabaseQueue(path: broken, configuration: configuration) else { return }
        defer { try? source.close() }
        rows = 0
        source.inDatabase { source in
            guard (try? Int32.fetchOne(source, sql: "PRAGMA application_id")) == JournalSchema.applicationID else {
                return
            }
            copyScans(from: source, to: pool)
            for table in ["lanes", "lane_states", "outbox", "operations"] { copyTable(table, from: source, to: pool) }
        }
    }

    // MARK: Scans

    private mutating func copyScans(from source: Database, to pool: DatabasePool) {
        for (epoch, lane) in lanes(in: source) {
            var next: UInt64 = 1
            var misses = 0
            let last =
                (try? UInt64.fetchOne(
                    source, sql: "SELECT max(sequence) FROM scans WHERE epoch = ? AND lane = ?",
                    arguments: [epoch, lane]))
            while misses < limits.salvageMissesMax, next <= last ?? .max {
                // Where the tree is whole, one look jumps over what was trimmed.
                if let found = firstSequence(from: next, epoch: epoch, lane: lane, in: source) {
                    guard let found else { break }
                    next = found
                }
                let end = next + limits.salvageStepScans - 1
                let found = readScans(next...end, epoch: epoch, lane: lane, in: source)
                misses = found.isEmpty ? misses + 1 : 0
                insert(found, into: "scans", pool)
                next = end + 1
            }
        }
    }

    /// - Returns: `.some(nil)` when there is none, `nil` when the file cannot be read there.
    private func firstSequence(from sequence: UInt64, epoch: Int64, lane: String, in source: Database) -> UInt64?? {
        let sql = "SELECT min(sequence) FROM scans WHERE epoch = ? AND lane = ? AND sequence >= ?"
        do {
            return .some(try UInt64.fetchOne(source, sql: sql, arguments: [epoch, lane, sequence]))
        } catch {
            return nil
        }
    }

    private func readScans(
        _ sequences: ClosedRange<UInt64>, epoch: Int64, lane: String, in source: Database
    ) -> [Row] {
        let sql = "SELECT * FROM scans WHERE epoch = ? AND lane = ? AND sequence BETWEEN ? AND ?"
        let bounds: (UInt64, UInt64) -> StatementArguments = { [epoch, lane, $0, $1] }
        if let rows = try? Row.fetchAll(
            source, sql: sql, arguments: bounds(sequences.lowerBound, sequences.upperBound))
        {
            return rows
        }
        let read: (UInt64) -> Row? = { try? Row.fetchOne(source, sql: sql, arguments: bounds($0, $0)) }
        // Where a branch of the tree is lost, thousands of numbers in a row are, and each look costs.
        let probes = stride(from: sequences.lowerBound, through: sequences.upperBound, by: limits.salvageProbeStride)
        guard probes.contains(where: { read($0) != nil }) else { return [] }
        return sequences.compactMap(read)
    }

    private func lanes(in source: Database) -> [(epoch: Int64, lane: String)] {
        var lanes: [(epoch: Int64, lane: String)] = []
        // Two ways on instead of one comparison of both columns, for which SQLite would read all rows in between.
        let sameEpoch = "SELECT epoch, lane FROM scans WHERE epoch = ? AND lane > ? ORDER BY lane LIMIT 1"
        let nextEpoch = "SELECT epoch, lane FROM scans WHERE epoch > ? ORDER BY epoch, lane LIMIT 1"
        while lanes.count < limits.lanesMax {
            var row: Row?
            if let last = lanes.last {
                row = try? Row.fetchOne(source, sql: sameEpoch, arguments: [last.epoch, last.lane])
            }
            row = row ?? (try? Row.fetchOne(source, sql: nextEpoch, arguments: [lanes.last?.epoch ?? -1]))
            guard let row else { break }
            lanes.append((row["epoch"], row["lane"]))
        }
        return lanes
    }

    // MARK: The other tables

    /// Reads a table from its beginning until a damage, and from its end until one.
    private mutating func copyTable(_ table: String, from source: Database, to pool: DatabasePool) {
        let key = ["lanes": ["epoch", "lane"], "lane_states": ["lane"]][table] ?? ["id"]
        for direction in ["ASC", "DESC"] {
            let order = key.map { "\($0) \(direction)" }.joined(separator: ", ")
            guard let cursor = try? Row.fetchCursor(source, sql: "SELECT * FROM \(table) ORDER BY \(order)") else {
                continue
            }
            var step: [Row] = []
            while let row = try? cursor.next() {
                step.append(row.copy())
                if step.count == Int(limits.salvageStepScans) {
                    insert(step, into: table, pool)
                    step = []
                }
            }
            insert(step, into: table, pool)
        }
    }

    private mutating func insert(_ found: [Row], into table: String, _ pool: DatabasePool) {
        guard let first = found.first else { return }
        let marks = Array(repeating: "?", count: first.count).joined(separator: ", ")
        let count = try? pool.write { database in
            let statement = try database.cachedStatement(sql: "INSERT OR IGNORE INTO \(table) VALUES (\(marks))")
            var count = 0
            for row in found {
                try statement.execute(arguments: StatementArguments(row.databaseValues))
                count += database.changesCount
            }
            return count
        }
        rows += count ?? 0
    }
}
