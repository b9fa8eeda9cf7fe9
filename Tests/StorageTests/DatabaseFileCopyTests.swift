import Foundation
import GRDB
import Testing

@testable import Storage

@Suite("A copy of a database")
struct DatabaseFileCopyTests {
    private static let applicationID: Int32 = 0x4354_5445

    private static var schema: DatabaseMigrator {
        var schema = DatabaseMigrator()
        schema.registerMigration("words") { try $0.execute(sql: "CREATE TABLE words (word TEXT NOT NULL) STRICT") }
        return schema
    }

    private func open(_ path: String) throws -> DatabasePool {
        try DatabaseFile.openPool(
            path: path, applicationID: Self.applicationID, schema: Self.schema, synchronous: .full, ifBroken: .fail
        ).pool
    }

    @Test("It holds what was committed, what still stands in the log too, and is of the same kind and schema")
    func whole() throws {
        let directory = try TemporaryDirectory()
        let (path, target) = (directory.file("a.db"), directory.file("copy.db"))
        let pool = try open(path)
        try pool.write { try $0.execute(sql: "INSERT INTO words VALUES ('one')") }
        try DatabaseFile.copy(path, to: target)
        try pool.write { try $0.execute(sql: "INSERT INTO words VALUES ('two')") }
        try DatabaseFile.close(pool)
        let copy = try open(target)
        let words = try copy.read { try String.fetchAll($0, sql: "SELECT word FROM words") }
        #expect(words == ["one"])
        try DatabaseFile.close(copy)
        let mode = try FileManager.default.attributesOfItem(atPath: target)[.posixPermissions] as? Int
        #expect(mode == 0o600)
    }

    @Test("The file's own header tells its schema as soon as it is open, although nothing was closed yet")
    func header() throws {
        let directory = try TemporaryDirectory()
        let pool = try open(directory.file("a.db"))
        let bytes = try Data(contentsOf: URL(fileURLWithPath: directory.file("a.db")))
        #expect(Array(bytes[60..<64]) == [0, 0, 0, 1])
        try DatabaseFile.close(pool)
    }
}
