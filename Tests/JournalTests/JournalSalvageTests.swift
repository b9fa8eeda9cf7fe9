import Foundation
import GRDB
import Storage
import Testing

@testable import Journal

@Suite("A broken journal")
struct JournalSalvageTests {
    let bench: JournalBench
    static let count = 2_000

    init() throws { bench = try JournalBench() }

    /// A closed journal with scans in two lanes; returns its epoch.
    private func makeJournal() throws -> UInt64 {
        var limits = JournalLimits()
        // So that every page of the file holds rows.
        limits.logBytesReady = 0
        let journal = try bench.open(limits: limits)
        for index in 0..<Self.count { bench.append("\(index)", lane: "\(index % 2)", to: journal) }
        bench.deliveries.wait(for: Self.count)
        journal.close()
        return journal.epoch
    }

    private func history(_ journal: ScanJournal) throws -> [(epoch: UInt64, lane: String, sequence: UInt64, data: Data)]
    {
        try journal.file.pool.read { database in
            try Row.fetchAll(database, sql: "SELECT epoch, lane, sequence, data FROM scans ORDER BY 1, 2, 3")
                .map { ($0["epoch"], $0["lane"], $0["sequence"], $0["data"]) }
        }
    }

    @Test("A damaged page costs only what stands on it; the rest is saved, and a new epoch begins", arguments: 1...3)
    func saves(pages: Int) throws {
        let epoch = try makeJournal()
        var bytes = try bench.directory.bytes("journal.db")
        for page in 0..<pages {
            // The first pages are of other tables.
            var start = bytes.count / 4_096 * (page + 3) / 6 * 4_096
            // A leaf of a table without row ids (https://www.sqlite.org/fileformat.html, section 1.6).
            while bytes[start] != 0x0A { start -= 4_096 }
            bytes.replaceSubrange(start..<start + 4_096, with: Data(repeating: 0xA5, count: 4_096))
        }
        try bench.directory.write(bytes, to: "journal.db")

        let journal = try bench.open()
        let aside = try #require(journal.setAside)
        #expect(FileManager.default.contents(atPath: aside) == bytes)
        #expect(journal.epoch > epoch)
        #expect(journal.position(lane: "0") == (0, 0))
        let history = try history(journal)
        #expect(history.count == journal.salvagedRows)
        #expect(history.count >= Self.count - pages * 60)
        #expect(history.count < Self.count)
        #expect(history.filter { $0.epoch != epoch }.isEmpty)
        let sealer = bench.vault.sealer(for: JournalFile.context)
        for row in history {
            let expected = bench.deliveries.lane(row.lane)[Int(row.sequence) - 1].entry.data
            #expect(try sealer.open(row.data) == expected)
        }
        journal.close()
    }

    @Test("A damaged page that others hang on costs what stands on it, and nothing of what hangs on it")
    func savesBelow() throws {
        let epoch = try makeJournal()
        var bytes = try bench.directory.bytes("journal.db")
        let inner = stride(from: 4_096, to: bytes.count, by: 4_096).filter { bytes[$0] == 0x02 }
        #expect(!inner.isEmpty)
        // Each row between two leaves stands on the inner page (https://www.sqlite.org/fileformat.html, section 1.6).
        let lost = inner.map { Int(bytes[$0 + 3]) << 8 | Int(bytes[$0 + 4]) }.reduce(0, +)
        for start in inner {
            bytes.replaceSubrange(start..<start + 4_096, with: Data(repeating: 0xA5, count: 4_096))
        }
        try bench.directory.write(bytes, to: "journal.db")
        let journal = try bench.open()
        #expect(journal.setAside != nil)
        let history = try history(journal)
        #expect(history.count == Self.count - lost)
        #expect(history.filter { $0.epoch != epoch }.isEmpty)
        #expect(journal.epoch > epoch)
        journal.close()
    }

    @Test("Row by row, a whole file gives all it has, and nothing that it has not")
    func readsAll() throws {
        _ = try makeJournal()
        let pool = try DatabasePool(path: bench.path)
        try pool.write { database in
            // Longer than a page holds, and shorter than its first byte says.
            for (number, length) in [0, 1, 900, 1_100, 4_000, 9_000, 70_000].enumerated() {
                let id = Data([UInt8](repeating: UInt8(number), count: 16))
                try database.execute(
                    sql: """
                        INSERT INTO outbox (system, kind, key, digest, subject, state, due_at, created_at, changed_at, content)
                        VALUES ('vipps', 'x', ?, ?, ?, 1, -5, 300, 1700000000000000, zeroblob(?))
                        """, arguments: [id, Data([1]), number == 0 ? nil : id, length])
                try database.execute(
                    sql: "INSERT INTO operations VALUES (?, ?, zeroblob(?), 0, '1')",
                    arguments: [id, Data([2]), length])
                try database.execute(
                    sql: "INSERT INTO lane_states VALUES (?, zeroblob(?))", arguments: ["\(number)", length])
                try database.execute(
                    sql: "INSERT INTO redemptions VALUES (?, ?, 1, 0, 1, zeroblob(?))", arguments: [id, id, length])
                try database.execute(sql: "INSERT INTO lanes VALUES (?, 'x', 70000)", arguments: [number + 1])
            }
        }
        let before = try tables(pool)
        try DatabaseFile.close(pool)
        let journal = try ScanJournal(path: bench.directory.file("fresh.db"), vault: bench.vault) { _ in }
        var salvage = JournalSalvage(limits: JournalLimits())
        salvage.copy(from: bench.path, to: journal.file.pool)
        #expect(try tables(journal.file.pool) == before)
        #expect(salvage.rows == before.values.map(\.count).reduce(0, +))
        journal.close()
    }

    private func tables(_ pool: DatabasePool) throws -> [String: [Row]] {
        try pool.read { database in
            try Dictionary(
                uniqueKeysWithValues: JournalSalvage.tables.map { table in
                    (table, try Row.fetchAll(database, sql: "SELECT * FROM \(table) ORDER BY 1, 2"))
                })
        }
    }

    @Test("What stands in the log alone is saved, where the file was emptied under it")
    func savesLog() throws {
        var limits = JournalLimits()
        limits.logBytesReady = 0
        let journal = try bench.open(limits: limits)
        for index in 0..<100 { bench.append("\(index)", to: journal) }
        bench.deliveries.wait(for: 100)
        let other = try JournalBench()
        try other.directory.write(try bench.directory.bytes("journal.db-wal"), to: "journal.db-wal")
        try other.directory.write(Data(), to: "journal.db")
        let salvaged = try other.open()
        #expect(salvaged.setAside != nil)
        #expect(try history(salvaged).map(\.sequence) == Array(1...100))
        #expect(salvaged.epoch > journal.epoch)
        salvaged.close()
        journal.close()
    }

    @Test("One scan whose bytes are damaged comes empty, is counted once, and holds up none behind it")
    func passesUnreadable() throws {
        let journal = try bench.open()
        for text in ["a", "b", "c"] { bench.append(text, to: journal) }
        bench.deliveries.wait(for: 3)
        #expect(journal.unreadableScans == 0)
        try bench.execute("UPDATE scans SET data = zeroblob(40) WHERE sequence = 2")
        for _ in 0..<2 {
            let scans = try journal.scans(lane: "1", after: 0, limit: 10)
            #expect(scans.map { String(decoding: $0.entry.data, as: UTF8.self) } == ["a", "", "c"])
        }
        #expect(journal.unreadableScans == 1)
        journal.close()
    }

    enum Damage: CaseIterable {
        case garbage, truncated, foreign, headless
    }

    @Test(
        "Whatever the file is, it is set aside as it was, and scanning goes on under a new epoch",
        arguments: Damage.allCases)
    func begins(damage: Damage) throws {
        let epoch = try makeJournal()
        var bytes = try bench.directory.bytes("journal.db")
        switch damage {
        case .garbage: bytes = Data((0..<50_000).map { UInt8(truncatingIfNeeded: $0 &* 31) })
        case .truncated: bytes = bytes.prefix(bytes.count / 2)
        case .foreign: bytes.replaceSubrange(68..<72, with: [1, 2, 3, 4])
        case .headless: bytes.replaceSubrange(0..<4_096, with: Data(count: 4_096))
        }
        try bench.directory.write(bytes, to: "journal.db")
        let journal = try bench.open()
        let aside = try #require(journal.setAside)
        #expect(FileManager.default.contents(atPath: aside) == bytes)
        #expect(journal.epoch != epoch)
        bench.append("next", lane: "0", to: journal)
        bench.deliveries.wait(for: 1)
        #expect(bench.deliveries.all.last?.sequence == 1)
        #expect(bench.deliveries.all.last?.journaled == true)
        journal.close()
    }

    @Test("A journal of a later version is refused and left as it is")
    func refusesNewer() throws {
        _ = try makeJournal()
        let pool = try DatabasePool(path: bench.path)
        try pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA user_version = 99") }
        try DatabaseFile.close(pool)
        let before = try bench.directory.bytes("journal.db")
        let error = #expect(throws: StorageError.self) { try bench.open() }
        #expect(error?.code == .newerSchema)
        #expect(try bench.directory.bytes("journal.db") == before)
    }

    @Test("Salvaged rows of the outbox and of answers come along")
    func savesEffects() throws {
        _ = try makeJournal()
        let pool = try DatabasePool(path: bench.path)
        try pool.write { database in
            for number in 0..<200 {
                let id = Data([UInt8](repeating: UInt8(number), count: 16))
                try database.execute(
                    sql: """
                        INSERT INTO outbox (system, kind, key, digest, state, due_at, created_at, changed_at)
                        VALUES ('vipps', 'x', ?, ?, 1, 0, 0, 0)
                        """, arguments: [id, Data([1])])
                try database.execute(
                    sql: "INSERT INTO operations VALUES (?, ?, ?, 0, '1')", arguments: [id, Data([2]), Data([3])])
            }
        }
        try DatabaseFile.close(pool)
        var bytes = try bench.directory.bytes("journal.db")
        // A leaf of the scans, among the first pages that were filled.
        let scansLeaf = 12 * 4_096
        bytes.replaceSubrange(scansLeaf..<scansLeaf + 4_096, with: Data(repeating: 0xA5, count: 4_096))
        try bench.directory.write(bytes, to: "journal.db")
        let journal = try bench.open()
        #expect(journal.setAside != nil)
        let counts = try journal.file.pool.read { database in
            try ["outbox", "operations"].map { try Int.fetchOne(database, sql: "SELECT count(*) FROM \($0)") }
        }
        #expect(counts == [200, 200])
        journal.close()
    }
}
