import Foundation
import GRDB
import Testing

@testable import Storage

@Suite("A database file")
struct DatabaseFileTests {
    static let applicationID: Int32 = 0x4374_5465
    /// 2026-11-24 09:30:00 UTC.
    static let now = Date(timeIntervalSince1970: 1_795_512_600)
    let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    private func schema(_ count: Int = 1) -> DatabaseMigrator {
        var schema = DatabaseMigrator()
        for number in 1...count {
            schema.registerMigration("\(number)") { database in
                try database.execute(sql: "CREATE TABLE t\(number) (id INTEGER PRIMARY KEY, value TEXT) STRICT")
            }
        }
        return schema
    }

    private func open(
        version: Int = 1, ifBroken: DatabaseFile.IfBroken = .setAside, synchronous: DatabaseFile.Synchronous = .full
    ) throws -> (pool: DatabasePool, setAside: String?) {
        try DatabaseFile.openPool(
            path: directory.file("a.db"), applicationID: Self.applicationID, schema: schema(version),
            synchronous: synchronous, ifBroken: ifBroken, now: Self.now)
    }

    /// A file with rows in it, closed.
    private func makeFile(rows: Int = 2_000, version: Int = 1) throws {
        let (pool, _) = try open(version: version)
        try pool.write { database in
            for row in 0..<rows {
                try database.execute(
                    sql: "INSERT INTO t1 VALUES (?, ?)", arguments: [row, String(repeating: "x", count: 50)])
            }
        }
        try DatabaseFile.close(pool)
    }

    private func error(_ body: () throws -> Void) -> StorageError.Code? {
        do { try body() } catch { return (error as? StorageError)?.code }
        return nil
    }

    @Test("A new file is its owner's alone and knows its program and schema")
    func makesAFile() throws {
        let (pool, setAside) = try open()
        #expect(setAside == nil)
        let numbers = try pool.read { database in
            try ["application_id", "user_version"].map { try Int32.fetchOne(database, sql: "PRAGMA \($0)") }
        }
        #expect(numbers == [Self.applicationID, 1])
        for name in try directory.names() { #expect(try directory.mode(name) == 0o600, "\(name)") }
        try DatabaseFile.close(pool)
    }

    @Test(
        "Every connection has the settings",
        arguments: [
            ("foreign_keys", "1"), ("trusted_schema", "0"), ("cell_size_check", "1"), ("secure_delete", "1"),
            ("mmap_size", "0"), ("journal_mode", "wal"), ("temp_store", "2"),
        ])
    func setsEachConnection(pragma: String, value: String) throws {
        let (pool, _) = try open()
        let plain: @Sendable (Database) throws -> String? = {
            try DatabaseValue.fetchOne($0, sql: "PRAGMA \(pragma)")?.description.replacing("\"", with: "")
        }
        #expect(try pool.writeWithoutTransaction(plain) == value)
        #expect(try pool.read(plain) == value)
        try DatabaseFile.close(pool)
    }

    @Test("The writer's commits wait for the disk as asked", arguments: [("NORMAL", 1), ("FULL", 2)])
    func setsSynchronous(name: String, value: Int) throws {
        let synchronous = try #require(DatabaseFile.Synchronous(rawValue: name))
        let (pool, _) = try open(synchronous: synchronous)
        let found = try pool.writeWithoutTransaction { try Int.fetchOne($0, sql: "PRAGMA synchronous") }
        #expect(found == value)
        try DatabaseFile.close(pool)
    }

    @Test("A file is opened again with what is in it, and brought to a later schema")
    func migrates() throws {
        try makeFile(rows: 3)
        let (pool, setAside) = try open(version: 2)
        #expect(setAside == nil)
        #expect(try pool.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM t1") } == 3)
        #expect(try pool.read { try Int.fetchOne($0, sql: "PRAGMA user_version") } == 2)
        try DatabaseFile.close(pool)
    }

    @Test("A file of a later schema is refused and left as it is")
    func refusesNewer() throws {
        try makeFile(version: 2)
        let before = try directory.bytes("a.db")
        #expect(error { _ = try open(version: 1) } == .newerSchema)
        #expect(try directory.bytes("a.db") == before)
        #expect(try directory.names().filter { $0.contains("broken") } == [])
    }

    enum Damage: String, CaseIterable {
        case garbage, oneLine, truncated, headOnly, foreign, zeroedPages, shuffledPages

        var code: StorageError.Code {
            switch self {
            case .garbage, .oneLine: .notADatabase
            case .foreign: .wrongApplication
            case .truncated, .headOnly, .zeroedPages, .shuffledPages: .corrupt
            }
        }
    }

    private func make(_ damage: Damage) throws {
        try makeFile()
        var bytes = try directory.bytes("a.db")
        switch damage {
        case .garbage: bytes = Data((0..<20_000).map { UInt8(truncatingIfNeeded: $0 &* 31) })
        case .oneLine: bytes = Data("this is no database\n".utf8)
        case .truncated: bytes = bytes.prefix(bytes.count / 2)
        case .headOnly: bytes = bytes.prefix(600)
        case .foreign: bytes.replaceSubrange(68..<72, with: [1, 2, 3, 4])
        case .zeroedPages: bytes.replaceSubrange(8_192..<16_384, with: Data(count: 8_192))
        case .shuffledPages:
            let page = bytes.subdata(in: 12_288..<16_384)
            bytes.replaceSubrange(8_192..<12_288, with: page)
        }
        try directory.write(bytes, to: "a.db")
    }

    @Test("A file that cannot be used is set aside whole, and a new one begins", arguments: Damage.allCases)
    func setsAside(damage: Damage) throws {
        try make(damage)
        let before = try directory.bytes("a.db")
        let (pool, setAside) = try open()
        #expect(setAside == directory.file("a.db.broken-20261124T093000Z"))
        #expect(try directory.bytes("a.db.broken-20261124T093000Z") == before)
        #expect(try pool.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM t1") } == 0)
        try DatabaseFile.close(pool)
    }

    @Test("Where it is asked so, a file that cannot be used is refused and left as it is", arguments: Damage.allCases)
    func fails(damage: Damage) throws {
        try make(damage)
        let before = try directory.bytes("a.db")
        #expect(error { _ = try open(ifBroken: .fail) } == damage.code)
        #expect(try directory.bytes("a.db") == before)
    }

    @Test("A log goes with its database when that is set aside")
    func keepsTheLogWithIt() throws {
        try directory.write(Data("this is no database\n".utf8), to: "a.db")
        for suffix in DatabaseFile.companions { try directory.write(Data(suffix.utf8), to: "a.db\(suffix)") }
        let name = try DatabaseFile.setAside(path: directory.file("a.db"), now: Self.now)
        #expect(name == directory.file("a.db.broken-20261124T093000Z"))
        let aside = "a.db.broken-20261124T093000Z"
        #expect(try directory.names() == [aside, "\(aside)-journal", "\(aside)-shm", "\(aside)-wal"])
        for suffix in DatabaseFile.companions {
            #expect(try directory.bytes(aside + suffix) == Data(suffix.utf8))
        }
    }

    @Test("Two files set aside in one second have two names")
    func namesApart() throws {
        for _ in 0..<2 {
            try directory.write(Data("this is no database\n".utf8), to: "a.db")
            let (pool, _) = try open()
            try DatabaseFile.close(pool)
        }
        let broken = try directory.names().filter { $0.contains("broken") }
        #expect(broken == ["a.db.broken-20261124T093000Z", "a.db.broken-20261124T093000Z-2"])
    }

    @Test("An empty file, as a start that was cut off leaves it, becomes a database")
    func takesAnEmptyFile() throws {
        try directory.write(Data(), to: "a.db")
        let (pool, setAside) = try open()
        #expect(setAside == nil)
        try DatabaseFile.close(pool)
    }

    @Test("A closed file is whole without its log")
    func closes() throws {
        try makeFile()
        #expect(try directory.names() == ["a.db"])
    }

    @Test("A lock is held by one, and free when that one is gone")
    func locks() throws {
        var lock: FileLock? = try FileLock(path: directory.file("a.db"))
        #expect(error { _ = try FileLock(path: directory.file("a.db")) } == .inUse)
        #expect(lock != nil)
        lock = nil
        #expect(error { _ = try FileLock(path: directory.file("a.db")) } == nil)
    }
}
