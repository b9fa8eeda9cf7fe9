import Foundation
package import GRDB

/// Walks through a table in the order of its key, and has the rows of it rewritten.
package struct TableRewrite: Sendable {
    /// What becomes of a row: the columns to write, or `nil` when it stays as it is.
    package typealias Body = @Sendable (Row) throws -> [(column: String, value: DatabaseValue)]?

    private let table: String
    private let key: [String]
    private let select: String
    private let body: Body
    private var last: [DatabaseValue]?

    /// - Parameters:
    ///   - key: the columns of its primary key, in their order.
    ///   - body: is given a row with all its columns.
    package init(_ table: String, key: [String], _ body: @escaping Body) {
        self.table = table
        self.key = key
        self.body = body
        select = "SELECT * FROM \(table)"
    }

    /// Rewrites the next rows, within a transaction that writes.
    /// - Returns: how many rows were looked at and rewritten; none were left when fewer than
    ///   ``StorageLimits/rewriteStepRows`` were looked at.
    package mutating func step(_ database: Database) throws -> (looked: Int, written: Int) {
        let names = key.joined(separator: ", ")
        let marks = key.map { _ in "?" }.joined(separator: ", ")
        let behind = last == nil ? "" : " WHERE (\(names)) > (\(marks))"
        let rows = try Row.fetchAll(
            database, sql: "\(select)\(behind) ORDER BY \(names) LIMIT \(StorageLimits.rewriteStepRows)",
            arguments: StatementArguments(last ?? []))
        var written = 0
        for row in rows {
            last = key.map { row[$0] }
            guard let columns = try body(row), !columns.isEmpty else { continue }
            let assignments = columns.map { "\($0.column) = ?" }.joined(separator: ", ")
            let place = key.map { "\($0) = ?" }.joined(separator: " AND ")
            try database.execute(
                sql: "UPDATE \(table) SET \(assignments) WHERE \(place)",
                arguments: StatementArguments(columns.map(\.value) + (last ?? [])))
            written += 1
        }
        return (rows.count, written)
    }
}

extension Sealer {
    /// A value sealed anew under the present key; `nil` when it is so already, or cannot be opened by anybody.
    package func resealed(_ sealed: DatabaseValue) throws(StorageError) -> DatabaseValue? {
        guard let bytes = [UInt8].sealed(sealed), isOutdated(bytes), let plain = try? open(bytes) else { return nil }
        return Data(try seal(plain)).databaseValue
    }
}

extension [UInt8] {
    /// The bytes of a column, `nil` where it has none.
    fileprivate static func sealed(_ value: DatabaseValue) -> [UInt8]? {
        Data.fromDatabaseValue(value).map { [UInt8]($0) }
    }
}
