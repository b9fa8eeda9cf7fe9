import Foundation
import GRDB
import Testing

@testable import Storage

@Suite("A write-ahead log on a bad disk")
struct WriteAheadLogTests {
    private static let commits = 24
    private static let frameBytes = 24 + DatabaseFile.pageBytes

    let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    private static var schema: DatabaseMigrator {
        var schema = DatabaseMigrator()
        schema.registerMigration("1") {
            try $0.execute(sql: "CREATE TABLE t (id INTEGER PRIMARY KEY, value TEXT) STRICT")
        }
        return schema
    }

    private func open(_ name: String) throws -> DatabasePool {
        try DatabaseFile.openPool(
            path: directory.file(name), applicationID: 7, schema: Self.schema, synchronous: .full, ifBroken: .fail
        ).pool
    }

    /// What a process that was killed leaves: a database of which every row is in the log, each committed by itself.
    /// - Parameter carriesOver: whether the log was carried over into the database, and stays.
    private func left(carriesOver: Bool = false) throws -> (database: Data, log: Data) {
        let pool = try open("a.db")
        try pool.writeWithoutTransaction { database in
            _ = try Int.fetchOne(database, sql: "PRAGMA wal_autocheckpoint = 0")
            _ = try database.checkpoint(.truncate)
            for row in 1...Self.commits {
                // Several pages each, so that a commit is of more than one frame.
                try database.execute(
                    sql: "INSERT INTO t VALUES (?, ?)", arguments: [row, String(repeating: "x", count: 6_000)])
            }
            if carriesOver { _ = try database.checkpoint(.passive) }
        }
        let left = (try directory.bytes("a.db"), try directory.bytes("a.db-wal"))
        try pool.close()
        return left
    }

    /// - Returns: how many rows are found, or why the file is not opened.
    private func rows(_ database: Data, _ log: Data) throws -> Result<Int, StorageError> {
        for suffix in ["", "-wal", "-shm"] {
            try? FileManager.default.removeItem(atPath: directory.file("b.db") + suffix)
        }
        try directory.write(database, to: "b.db")
        try directory.write(log, to: "b.db-wal")
        let pool: DatabasePool
        do {
            pool = try open("b.db")
        } catch let error as StorageError {
            // Nothing of it was touched.
            #expect(try directory.bytes("b.db-wal") == log)
            return .failure(error)
        }
        defer { try? pool.close() }
        return .success(try pool.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM t") ?? 0 })
    }

    /// Where each frame begins, and whether it ends a commit.
    private func frames(_ log: Data) -> [(start: Int, isCommit: Bool)] {
        stride(from: 32, to: log.count, by: Self.frameBytes).map { start in
            (start, log[(start + 4)..<(start + 8)].contains { $0 != 0 })
        }
    }

    @Test("A bit that is turned over anywhere is found, unless in the last commit, which alone is gone then")
    func flips() throws {
        let (database, log) = try left()
        #expect(try rows(database, log).get() == Self.commits)
        let frames = frames(log)
        let commits = frames.indices.filter { frames[$0].isCommit }
        try #require(commits.count == Self.commits && frames.count > Self.commits)
        let lastBegins = commits[commits.count - 2] + 1
        // In the page's number, the commit's mark, the salts, the sums and the page itself.
        for (number, frame) in frames.enumerated() where number % 9 == 0 || number >= lastBegins - 1 {
            for place in [3, 7, 9, 14, 17, 22, 24, 2_000, Self.frameBytes - 1] {
                var damaged = log
                damaged[frame.start + place] ^= 0x80
                let found = try rows(database, damaged)
                // A page that seems to end a commit makes two of the last one, and then all of it is saved.
                if number >= lastBegins, place == 7 { continue }
                if number >= lastBegins {
                    #expect((try? found.get()) == Self.commits - 1, "frame \(number), byte \(place)")
                } else {
                    #expect(throws: StorageError.self, "frame \(number), byte \(place)") { try found.get() }
                }
            }
        }
        for place in 0..<32 {
            var damaged = log
            damaged[place] ^= 0x80
            #expect(throws: StorageError.self, "the head's byte \(place)") { try rows(database, damaged).get() }
        }
    }

    @Test("A log that ends early, as after a power cut, is read to its end, and so is one whose last commit is torn")
    func torn() throws {
        let (database, log) = try left()
        let frames = frames(log)
        let commits = frames.indices.filter { frames[$0].isCommit }
        for end in stride(from: 32, through: log.count, by: 1_777) {
            let whole = commits.filter { frames[$0].start + Self.frameBytes <= end }.count
            #expect(try rows(database, log.prefix(end)).get() == whole, "\(end) bytes")
        }
        // The disk had the last frame before the first ones.
        let last = (commits[commits.count - 2] + 1)...(commits[commits.count - 1] - 1)
        for lost in last {
            var torn = log
            let start = frames[lost].start
            torn.replaceSubrange(start..<start + Self.frameBytes, with: Data(count: Self.frameBytes))
            #expect(try rows(database, torn).get() == Self.commits - 1)
            // What the disk has there still ended a commit of an older log, whose salts were others.
            let older = frames[commits[2]].start
            var frame = Data(log[older..<older + Self.frameBytes])
            for place in 8..<16 { frame[place] ^= 0xFF }
            torn.replaceSubrange(start..<start + Self.frameBytes, with: frame)
            #expect(try rows(database, torn).get() == Self.commits - 1)
        }
    }

    @Test("Damage to what the database has already is found too: pages of two times would stand beside each other")
    func carriedOver() throws {
        let (database, log) = try left(carriesOver: true)
        #expect(try rows(database, log).get() == Self.commits)
        var damaged = log
        damaged[frames(log)[9].start + 1_000] ^= 1
        #expect(throws: StorageError.self) { try rows(database, damaged).get() }
    }
}
