import Foundation
import GRDB
import Storage
import Testing

@testable import Customers

@Suite("Checking a replica while it serves")
struct ReplicaCheckTests {
    let bench: ReplicaBench

    init() throws { bench = try ReplicaBench() }

    /// A replica with so many customers that its tables have leaves which no sample reads, carried over into its file.
    private func filled(_ count: Int = 4_000) throws -> Replica {
        let replica = try bench.open()
        try replica.apply(
            ReplicaBench.page(
                (0..<count).map {
                    CustomerRecord(
                        key: "\($0)", name: "Kari \($0)",
                        identifiers: [Identifier(type: .customerCard, value: "C\($0)")], changedAt: ReplicaBench.noon)
                }))
        #expect(try replica.scrub())
        return replica
    }

    /// Overwrites the page of the tombstones, which no sample reads, under the feet of those who use the file.
    private func damage(_ replica: Replica) throws {
        let page = try replica.pool.read { database in
            try Int.fetchOne(
                database, sql: "SELECT rootpage FROM sqlite_master WHERE name = 'tombstones' AND type = 'table'") ?? 0
        }
        let file = try FileHandle(forWritingTo: URL(fileURLWithPath: bench.path))
        try file.seek(toOffset: UInt64(page - 1) * 4_096)
        try file.write(contentsOf: Data(repeating: 0xA5, count: 4_096))
        try file.close()
    }

    @Test("A whole file is found to be whole, and goes on")
    func findsItWhole() throws {
        let replica = try filled(100)
        #expect(try replica.checkWhole() == .whole)
        #expect(replica.setAside == nil)
        #expect(try replica.makeReader().resolve(typed: "C7").names == ["Kari 7"])
        replica.close()
    }

    @Test("A file that turns out to be broken is kept aside, answers nothing more, and an empty one takes its place")
    func setsAside() throws {
        let replica = try filled()
        let reader = try replica.makeReader()
        #expect(try reader.resolve(typed: "C7").names == ["Kari 7"])
        try damage(replica)
        let outcome = try replica.checkWhole()
        let path = try #require(replica.setAside)
        #expect(outcome == .setAside(path))
        #expect(path.hasPrefix(bench.path + ".broken-"))
        #expect(try Data(contentsOf: URL(fileURLWithPath: path)).count > 100 * 4_096)
        // The reader's connection was open to the broken file.
        #expect(try reader.resolve(typed: "C7") == .unknown)
        #expect(try replica.status() == ReplicaStatus(customers: 0, ageMilliseconds: 0, complete: false))
        #expect(try replica.cursor(of: "poster") == nil)
        try replica.apply(ReplicaBench.page([ReplicaBench.kari]))
        #expect(try replica.makeReader().resolve(typed: "LIB-9").names == ["Kari Nordås"])
        #expect(try replica.checkWhole() == .whole)
        replica.close()
        let again = try bench.open()
        #expect(again.setAside == nil)
        #expect(try again.status().customers == 1)
        again.close()
    }

    @Test("Between the finding and the new file no reader answers")
    func isSilentBetween() throws {
        let replica = try filled(100)
        let reader = try replica.makeReader()
        #expect(try reader.resolve(typed: "C7").names == ["Kari 7"])
        replica.standing.breakDown()
        for _ in 0..<2 {
            #expect {
                try reader.resolve(typed: "C7")
            } throws: {
                ($0 as? CustomersError)?.code == .replicaBroken
            }
        }
        replica.close()
        #expect(try !bench.directory.names().contains("replica.db.clean"))
    }

    @Test("A replica is left whole even where readers are still open to it, as those of a stopping edge are")
    func isLeftWholeUnderReaders() throws {
        let replica = try filled(100)
        let reader = try replica.makeReader()
        _ = try reader.resolve(typed: "C7")
        reader.releaseRead()
        try replica.apply(ReplicaBench.page([ReplicaBench.kari]))
        replica.close()
        #expect(try bench.directory.names().contains("replica.db.clean"))
        reader.releaseRead()
    }

    @Test("A closed replica is not checked any more")
    func endsWithTheReplica() throws {
        let replica = try filled(100)
        replica.close()
        #expect(try replica.checkWhole() == .ended)
    }

    @Test("A file that the last run left whole is sampled, and only the check after the start finds the deep damage")
    func samplesFirst() throws {
        var replica = try filled()
        replica.close()
        #expect(try bench.directory.names().contains("replica.db.clean"))
        replica = try bench.open()
        try damage(replica)
        replica.close()
        // Closed as the last run would have: the mark speaks for the damaged file.
        replica = try bench.open()
        #expect(replica.setAside == nil)
        guard case .setAside = try replica.checkWhole() else {
            Issue.record("The damage was not found.")
            return
        }
        replica.close()
    }

    @Test("A file that the last run did not close is read through before it serves")
    func readsThroughFirst() throws {
        var replica = try filled()
        try damage(replica)
        replica.close()
        try FileManager.default.removeItem(atPath: bench.path + ".clean")
        replica = try bench.open()
        #expect(replica.setAside != nil)
        replica.close()
    }

    @Test("A sample reads every large table, and finds one whose root is gone")
    func samplesEveryTable() throws {
        for table in ["customers", "identifiers", "tokens", "feeds"] {
            let replica = try filled(500)
            let root = try replica.pool.read { database in
                try Int.fetchOne(
                    database, sql: "SELECT rootpage FROM sqlite_master WHERE name = ?", arguments: [table]) ?? 0
            }
            replica.close()
            let file = try FileHandle(forWritingTo: URL(fileURLWithPath: bench.path))
            try file.seek(toOffset: UInt64(root - 1) * 4_096)
            try file.write(contentsOf: Data(repeating: 0xA5, count: 4_096))
            try file.close()
            CleanMark.leave(at: bench.path)
            let again = try bench.open()
            #expect(again.setAside != nil, "\(table)")
            again.close()
        }
    }
}
