import Foundation
import GRDB
import Synchronization
import Testing

@testable import Customers

@Suite("A reader")
struct ReplicaReaderTests {
    let bench: ReplicaBench

    init() throws { bench = try ReplicaBench() }

    /// Two customers with cards of a round: they come and go together.
    private static func pair(round: Int) -> ChangePage {
        let records = ["A", "B"].map { half in
            CustomerRecord(
                key: half, name: "Round \(round)",
                identifiers: [Identifier(type: .customerCard, value: "\(half)\(round)")],
                changedAt: ReplicaBench.noon)
        }
        return ReplicaBench.page(records, cursor: "\(round)")
    }

    @Test("A reader on another thread sees whole pages only, while pages are written")
    func seesWholePages() async throws {
        let replica = try bench.open()
        let rounds = 60
        try replica.apply(Self.pair(round: 0))
        let isDone = Atomic(false)
        let done = AsyncStream<[String]>.makeStream()
        let thread = Thread { @Sendable in
            var faults: [String] = []
            do {
                let reader = try replica.makeReader()
                while !isDone.load(ordering: .acquiring) {
                    // Both searches look at one snapshot.
                    let found = try reader.search(name: "round", limit: 5).customers.map(\.name)
                    if Set(found).count != 1 || found.count != 2 { faults.append("\(found)") }
                    reader.releaseRead()
                }
            } catch {
                faults.append("\(error)")
            }
            done.continuation.yield(faults)
            done.continuation.finish()
        }
        thread.start()
        for round in 1...rounds { try replica.apply(Self.pair(round: round)) }
        isDone.store(true, ordering: .releasing)
        for await faults in done.stream { #expect(faults.isEmpty) }
        #expect(try replica.makeReader().resolve(typed: "A\(rounds)").names == ["Round \(rounds)"])
        replica.close()
    }

    @Test("Look-ups share a snapshot for its time, and the next one is fresh")
    func renews() throws {
        let replica = try bench.open()
        let clock = UptimeStandIn()
        let reader = try ReplicaReader(
            path: bench.path, ring: replica.ring, region: replica.region, standing: replica.standing, now: replica.now,
            uptime: { clock.now })
        #expect(try reader.resolve(typed: "LIB-9") == .unknown)
        try replica.apply(ReplicaBench.page([ReplicaBench.kari], groups: [ReplicaBench.staff]))
        clock.pass(CustomersLimits.snapshotAge - .nanoseconds(1))
        #expect(try reader.resolve(typed: "LIB-9") == .unknown)
        clock.pass(.nanoseconds(1))
        #expect(try reader.resolve(typed: "LIB-9").names == ["Kari Nordås"])
        replica.close()
    }

    @Test("A checkpoint passes while a reader is busy, as soon as its snapshot is renewed")
    func letsCheckpointsPass() throws {
        let replica = try bench.open()
        try replica.apply(ReplicaBench.page([ReplicaBench.kari]))
        let clock = UptimeStandIn()
        let reader = try ReplicaReader(
            path: bench.path, ring: replica.ring, region: replica.region, standing: replica.standing, now: replica.now,
            uptime: { clock.now })
        _ = try reader.resolve(typed: "LIB-9")
        try replica.apply(ReplicaBench.page([ReplicaBench.ola]))
        // The held snapshot keeps the newest pages in the log.
        #expect(try framesLeft(replica) > 0)
        clock.pass(CustomersLimits.snapshotAge)
        _ = try reader.resolve(typed: "LIB-9")
        #expect(try framesLeft(replica) == 0)
        replica.close()
    }

    @Test("A reader that has nothing to ask holds nothing back")
    func rests() throws {
        let replica = try bench.open()
        let reader = try replica.makeReader()
        _ = try reader.resolve(typed: "LIB-9")
        reader.releaseRead()
        reader.releaseRead()
        try replica.apply(ReplicaBench.page([ReplicaBench.kari]))
        #expect(try replica.scrub())
        #expect(try bench.directory.bytes("replica.db-wal").isEmpty)
        #expect(try reader.resolve(typed: "LIB-9").names == ["Kari Nordås"])
        replica.close()
    }

    @Test(
        "Look-ups go by the indexes, without a scan and without a sort",
        arguments: [
            ReaderStatements.findSQL, ReaderStatements.findTypeSQL, ReaderStatements.byIDSQL,
            ReaderStatements.nextWithTokenSQL,
        ])
    func usesTheIndexes(sql: String) throws {
        let replica = try bench.open()
        let plan = try replica.pool.read { database in
            let statement = try database.makeStatement(sql: "EXPLAIN QUERY PLAN \(sql)")
            statement.setUncheckedArguments(
                StatementArguments((0..<(sql.contains("?3") ? 3 : sql.contains("?2") ? 2 : 1)).map { $0 }))
            return try Row.fetchAll(statement).map { $0["detail"] as String }
        }
        #expect(plan.allSatisfy { $0.hasPrefix("SEARCH") }, "\(plan)")
        replica.close()
    }

    /// Frames of the log that a checkpoint could not carry over.
    private func framesLeft(_ replica: Replica) throws -> Int {
        try replica.pool.writeWithoutTransaction { database in
            let result = try database.checkpoint(.passive)
            return result.walFrameCount - result.checkpointedFrameCount
        }
    }
}

/// A clock that a test moves.
final class UptimeStandIn: Sendable {
    private let time = Mutex(ContinuousClock.now)

    var now: ContinuousClock.Instant { time.withLock { $0 } }

    func pass(_ duration: Duration) { time.withLock { $0 += duration } }
}
