import GRDB

/// What the rows of a table look like, by which they are known on a page that says nothing of whose it is.
struct TableShape {
    private struct Column {
        let name: String
        /// As a strict table declares it (https://www.sqlite.org/stricttables.html).
        let type: String
        let mayBeNull: Bool
        /// Whether a row that was written before the column came has a value for it.
        let mayBeMissing: Bool
    }

    let table: String
    private let hasRowID: Bool
    /// In the order in which they stand in the file.
    private let columns: [Column]
    /// The one that is the row id, and stands as null among the others.
    private let rowIDColumn: Int?

    /// - Parameter database: one with the present schema.
    init(_ table: String, in database: Database) throws {
        self.table = table
        hasRowID = try Int.fetchOne(database, sql: "SELECT wr FROM pragma_table_list(?)", arguments: [table]) == 0
        let rows = try Row.fetchAll(
            database,
            sql: "SELECT name, type, \"notnull\", pk, dflt_value IS NOT NULL AS has_default FROM pragma_table_info(?)",
            arguments: [table])
        let keys = rows.filter { $0["pk"] > 0 }.sorted { ($0["pk"] as Int) < $1["pk"] }
        // Without row ids the key stands in front.
        let stored = hasRowID ? rows : keys + rows.filter { $0["pk"] == 0 }
        rowIDColumn = hasRowID && keys.count == 1 ? stored.firstIndex { $0["pk"] == 1 && $0["type"] == "INTEGER" } : nil
        columns = stored.map { row in
            let (isRequired, isKey, hasDefault): (Bool, Bool, Bool) = (
                row["notnull"], row["pk"] > 0, row["has_default"]
            )
            return Column(
                name: row["name"], type: row["type"], mayBeNull: !isRequired && !isKey,
                mayBeMissing: !isKey && (!isRequired || hasDefault))
        }
    }

    /// - Returns: the row as it is inserted, or `nil` for one of another table or of an index.
    func row(_ values: [DatabaseValue], rowID: Int64?) -> (columns: [String], values: [DatabaseValue])? {
        guard (rowID != nil) == hasRowID, values.count <= columns.count,
            columns[values.count...].allSatisfy(\.mayBeMissing)
        else { return nil }
        var row = values
        if let rowIDColumn {
            guard rowIDColumn < row.count, row[rowIDColumn].isNull else { return nil }
            row[rowIDColumn] = (rowID ?? 0).databaseValue
        }
        guard zip(row, columns).allSatisfy({ Self.fits($0, $1) }) else { return nil }
        return (columns.prefix(row.count).map(\.name), row)
    }

    private static func fits(_ value: DatabaseValue, _ column: Column) -> Bool {
        switch value.storage {
        case .null: column.mayBeNull
        case .int64: column.type == "INTEGER"
        case .string: column.type == "TEXT"
        case .blob: column.type == "BLOB"
        case .double: column.type == "REAL"
        }
    }
}
