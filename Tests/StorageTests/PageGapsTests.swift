import Foundation
import GRDB
import Testing

@testable import Storage

@Suite("What SQLite leaves between rows", .timeLimit(.minutes(2))) struct PageGapsTests {
    private static let count = 1_500

    private let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    private static var schema: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("rows") { database in
            try database.execute(
                sql: """
                    CREATE TABLE found (blind BLOB NOT NULL PRIMARY KEY, customer INTEGER NOT NULL) STRICT, WITHOUT ROWID;
                    CREATE TABLE customers (number INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, record BLOB NOT NULL) STRICT;
                    """)
        }
        return migrator
    }

    private func open(_ name: String) throws -> DatabasePool {
        try DatabaseFile.openPool(
            path: directory.file(name), applicationID: 77, schema: Self.schema, synchronous: .normal, ifBroken: .fail
        ).pool
    }

    /// Writes, changes and deletes rows with random keys, so that pages are split and joined.
    /// - Returns: pieces of the rows that are gone.
    private func work(_ pool: DatabasePool, _ random: inout SplitMix) throws -> [Data] {
        func bytes(_ count: Int) -> Data { Data((0..<count).map { _ in UInt8(truncatingIfNeeded: random.next()) }) }
        var keys: [Data] = []
        for begin in stride(from: 0, to: Self.count, by: 100) {
            try pool.write { database in
                for number in begin..<(begin + 100) {
                    keys.append(bytes(16))
                    try database.execute(sql: "INSERT INTO found VALUES (?, ?)", arguments: [keys[number], number])
                    try database.execute(
                        sql: "INSERT INTO customers VALUES (?, ?, ?)",
                        arguments: [number, keys[number], bytes(150 + Int(random.next() % 80))])
                }
            }
        }
        var gone: [Data] = []
        for begin in stride(from: 0, to: Self.count, by: 100) {
            try pool.write { database in
                for number in begin..<(begin + 100) where number % 3 != 0 {
                    let record = try Data.fetchOne(
                        database, sql: "SELECT record FROM customers WHERE number = ?", arguments: [number])
                    gone += [keys[number]] + (record.map { [$0.prefix(32), $0.suffix(32)] } ?? [])
                    try database.execute(sql: "DELETE FROM found WHERE blind = ?", arguments: [keys[number]])
                    try database.execute(sql: "DELETE FROM customers WHERE number = ?", arguments: [number])
                    try database.execute(sql: "INSERT INTO found VALUES (?, ?)", arguments: [bytes(16), number])
                }
            }
        }
        return gone
    }

    private func left(_ gone: [Data], in name: String) throws -> Int {
        // Every eight bytes that stand anywhere in the files: to look for each piece by itself takes minutes.
        var words: Set<UInt64> = []
        for name in [name, name + "-wal"] {
            try Data(contentsOf: URL(fileURLWithPath: directory.file(name))).withUnsafeBytes { bytes in
                for place in stride(from: 0, to: bytes.count - 7, by: 1) {
                    words.insert(bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self))
                }
            }
        }
        return gone.count { piece in
            piece.withUnsafeBytes { words.contains($0.loadUnaligned(as: UInt64.self)) }
        }
    }

    private func rows(_ pool: DatabasePool) throws -> [Row] {
        try pool.read { database in
            try Row.fetchAll(database, sql: "SELECT * FROM found ORDER BY blind")
                + Row.fetchAll(database, sql: "SELECT * FROM customers ORDER BY number")
        }
    }

    @Test("Copies of deleted rows are left between others, and are gone afterwards; every row that is there stays")
    func wipes() throws {
        var random = SplitMix(seed: 7)
        var before = 0
        for turn in 0..<4 {
            let name = "\(turn).db"
            let pool = try open(name)
            let gone = try work(pool, &random)
            _ = try pool.writeWithoutTransaction { try $0.checkpoint(.truncate) }
            before += try left(gone, in: name)
            let rows = try rows(pool)
            #expect(try DatabaseFile.wipe(pool))
            #expect(try left(gone, in: name) == 0, "turn \(turn)")
            #expect(try self.rows(pool) == rows)
            #expect(try pool.read { try String.fetchOne($0, sql: "PRAGMA integrity_check") } == "ok")
            // The writer has not kept a page as it was.
            try pool.write { try $0.execute(sql: "DELETE FROM customers; DELETE FROM found") }
            let more = try work(pool, &random)
            #expect(try DatabaseFile.wipe(pool))
            #expect(try left(gone + more, in: name) == 0, "turn \(turn)")
            #expect(try pool.read { try String.fetchOne($0, sql: "PRAGMA integrity_check") } == "ok")
            try DatabaseFile.close(pool)
        }
        #expect(before > 0, "SQLite leaves nothing any more")
    }

    @Test("While a reader holds the log, nothing is overwritten, and it is tried again until that one is gone")
    func waitsForReaders() throws {
        var random = SplitMix(seed: 8)
        let pool = try open("a.db")
        _ = try work(pool, &random)
        let other = try DatabaseQueue(path: directory.file("a.db"))
        try other.inDatabase { database in
            try database.execute(sql: "BEGIN")
            _ = try Int.fetchOne(database, sql: "SELECT count(*) FROM found")
            try pool.write { try $0.execute(sql: "DELETE FROM found WHERE customer = 3") }
            var tries = 0
            let isEndedAmid = try !DatabaseFile.wipe(pool) {
                tries += 1
                return tries < 3
            }
            #expect(isEndedAmid && tries == 3)
            tries = 0
            let isDone = try DatabaseFile.wipe(pool) {
                tries += 1
                if tries == 2 { try? database.execute(sql: "COMMIT") }
                return true
            }
            #expect(isDone && tries == 2)
        }
        let wait = try pool.writeWithoutTransaction { try Int64.fetchOne($0, sql: "PRAGMA busy_timeout") }
        #expect(wait == StorageLimits.busyTimeout.components.seconds * 1_000)
        #expect(try DatabaseFile.wipe(pool))
        try other.close()
        try DatabaseFile.close(pool)
    }

    @Test("It can be ended between two steps, and begins anew")
    func ends() throws {
        let pool = try open("a.db")
        let bytes = Int64(DatabaseFile.pageBytes) * StorageLimits.gapStepPages * 2
        try pool.write {
            try $0.execute(sql: "INSERT INTO customers VALUES (1, x'01', zeroblob(?))", arguments: [bytes])
        }
        var steps = 0
        let isWhole = try DatabaseFile.wipe(pool) {
            steps += 1
            return steps < 2
        }
        #expect(!isWhole && steps == 2, "it has three")
        steps = 0
        let isWholeNow = try DatabaseFile.wipe(pool) {
            steps += 1
            return true
        }
        #expect(isWholeNow && steps == 3)
        try DatabaseFile.close(pool)
    }

    @Test(
        "A gap is what lies between the places of the rows and the rows, and a damaged page has none",
        arguments: [
            ([13, 0, 0, 0, 2, 1, 0], 12..<256), ([2, 0, 0, 0, 1, 1, 0], 14..<256), ([10, 0, 0, 0, 0, 2, 0], 8..<512),
            ([13, 0, 0, 0, 2, 2, 1], nil), ([13, 0, 0, 255, 0, 1, 0], nil), ([0, 0, 0, 0, 2, 1, 0], nil),
            ([13, 0, 0, 0, 124, 1, 0], nil), ([13, 0, 0, 0, 0, 0, 0], nil),
        ] as [([UInt8], Range<Int>?)])
    func gaps(head: [UInt8], gap: Range<Int>?) {
        let page = head + [UInt8](repeating: 1, count: 512 - head.count)
        #expect(PageGaps.gap(of: page, isFirst: false) == gap)
    }
}

/// Random numbers from a seed (splitmix64).
private struct SplitMix: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }
}
