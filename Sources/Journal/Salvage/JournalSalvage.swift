import GRDB
import Storage

/// Saves what can be read of a broken journal into a new one.
///
/// The file is read page by page, without the tree that leads to them: a damaged page costs what stands on it, and one
/// that others hang on costs no more. A row is known by what it looks like. Scans stay in their epoch: history, kept for
/// its time and given to nobody, because the numbers that are missing cannot be known. Nothing is opened: sealed bytes are
/// copied as they are. The broken file stays where it is, for better tools.
struct JournalSalvage {
    static let tables = [
        "scans", "lanes", "lane_states", "outbox", "operations", "redemptions", "former_codes", "forgotten",
        "departing",
    ]
    /// The table that says which epoch the file was in.
    private static let journal = "journal"
    /// See ``JournalFile/freshEpoch(after:now:)``.
    private static let epochs = 1..<Int64(1) << 62

    private let limits: JournalLimits
    /// Rows that were saved.
    private(set) var rows = 0
    /// The newest epoch that is named anywhere in the broken file; 0 when none is.
    private(set) var newestEpoch: Int64 = 0
    private var waiting: [String: [(columns: [String], values: [DatabaseValue])]] = [:]
    private var waitingCount: UInt64 = 0

    init(limits: JournalLimits) {
        self.limits = limits
    }

    /// Copies what can be read; what cannot be is left out without an error.
    mutating func copy(from broken: String, to pool: DatabasePool) {
        guard let file = PageFile(path: broken),
            !file.isForeign(applicationID: JournalSchema.applicationID, schema: "CREATE TABLE scans"),
            let shapes = try? pool.read({ database in
                try ([Self.journal] + Self.tables).map { try TableShape($0, in: database) }
            }), file.pageCount > 0
        else { return }
        for number in 1...file.pageCount {
            guard let cells = PageCells(number, of: file)?.cells else { continue }
            for cell in cells { take(cell, shapes) }
            if waitingCount >= limits.salvageStepRows { insert(into: pool) }
        }
        insert(into: pool)
    }

    private mutating func take(_ cell: PageCells.Cell, _ shapes: [TableShape]) {
        guard let values = RowValues.values(of: cell.payload) else { return }
        for shape in shapes {
            guard let row = shape.row(values, rowID: cell.rowID) else { continue }
            if let place = row.columns.firstIndex(of: "epoch"), let epoch = Int64.fromDatabaseValue(row.values[place]) {
                // A number that no journal has is damaged, and the next one would be behind it for ever.
                guard Self.epochs.contains(epoch) else { return }
                newestEpoch = max(newestEpoch, epoch)
            }
            guard shape.table != Self.journal else { return }
            waiting[shape.table, default: []].append(row)
            waitingCount += 1
            return
        }
    }

    private mutating func insert(into pool: DatabasePool) {
        for (table, found) in waiting { insert(found, into: table, pool) }
        (waiting, waitingCount) = ([:], 0)
    }

    private mutating func insert(
        _ found: [(columns: [String], values: [DatabaseValue])], into table: String, _ pool: DatabasePool
    ) {
        let count = try? pool.write { database in
            var count = 0
            for row in found {
                let marks = Array(repeating: "?", count: row.columns.count).joined(separator: ", ")
                let columns = row.columns.joined(separator: ", ")
                let statement = try database.cachedStatement(
                    sql: "INSERT OR IGNORE INTO \(table) (\(columns)) VALUES (\(marks))")
                // A row that breaks the table's rules was none, and is no reason to leave the others.
                guard (try? statement.execute(arguments: StatementArguments(row.values))) != nil else { continue }
                count += database.changesCount
            }
            return count
        }
        rows += count ?? 0
    }
}
