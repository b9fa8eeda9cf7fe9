import Dispatch
import Foundation
import GRDB
import Storage
import Synchronization
import Testing

@testable import Customers

@Suite("A replica that takes up another key while it is open", .timeLimit(.minutes(2)))
struct LiveChangeTests {
    static let count = ReplicaRewriteTests.count

    let directory: TemporaryDirectory
    let keyPath: String
    let replica: Replica

    init() throws {
        directory = try TemporaryDirectory()
        keyPath = directory.file("key")
        replica = try ReplicaRewriteTests.open(directory.path)
        try replica.apply(
            ReplicaBench.page((0..<Self.count).map { ReplicaRewriteTests.record($0) }, groups: [ReplicaBench.staff]))
    }

    private func rotated() throws -> Vault {
        Vault(keys: try StoreKeys.replace(at: keyPath) { keys throws(StorageError) in try keys.rotated() })
    }

    private func retired() throws -> Vault { Vault(keys: try StoreKeys.replace(at: keyPath) { $0.retired }) }

    private func generations() throws -> Set<UInt8> {
        try replica.pool.read { database in
            Set(try Data.fetchAll(database, sql: "SELECT record FROM customers").compactMap(\.first))
        }
    }

    private static func found(_ reader: ReplicaReader, _ index: Int) throws -> Bool {
        let byCard = try reader.resolve(typed: ReplicaRewriteTests.card(index)).names.count == 1
        let byName = try reader.search(name: ReplicaRewriteTests.word(index), limit: 5).customers.count == 1
        return byCard && byName
    }

    @Test("Readers that were open before find everybody at each step, and in the end the key before opens nothing")
    func readersFollow() throws {
        let old = Vault(keys: try StoreKeys.loadOrCreate(at: keyPath))
        let (busy, idle) = (try replica.makeReader(), try replica.makeReader())
        #expect(try Self.found(busy, 0) && Self.found(idle, 0))
        replica.change(to: try rotated())
        // Its snapshot is from before.
        #expect(try Self.found(busy, 1))
        var rewrite = try #require(try replica.rewrite())
        var index = 2
        while try rewrite.step() {
            busy.releaseRead()
            #expect(try Self.found(busy, index), "step \(index)")
            index += 1
        }
        #expect(try replica.rewrite() == nil)
        replica.change(to: try retired())
        busy.releaseRead()
        idle.releaseRead()
        for index in stride(from: 0, to: Self.count, by: 37) {
            #expect(try Self.found(busy, index) && Self.found(idle, index), "\(index)")
        }
        #expect(try generations() == [2])
        let sealer = old.sealer(for: "customers.record nordmat")
        let records = try replica.pool.read { try Data.fetchAll($0, sql: "SELECT record FROM customers") }
        #expect(records.allSatisfy { (try? sealer.open($0)) == nil })
        replica.close()
        #expect(throws: CustomersError.self) {
            try Replica(path: directory.file("replica.db"), vault: old, company: "nordmat", region: "NO")
        }
    }

    @Test("Pages that are under way when the key changes are rewritten too, and no card has two customers")
    func pagesUnderWay() throws {
        let work = Work()
        for lane in 0..<2 {
            work.begin { [replica] turn in
                let rows = (0..<20).map { ReplicaRewriteTests.record((turn * 20 + $0) % Self.count) }
                let applied = try replica.apply(ReplicaBench.page(rows, cursor: "\(lane) \(turn)"))
                return applied.upserted == 20 && applied.findings.isEmpty
            }
        }
        replica.change(to: try rotated())
        var rewrite = try #require(try replica.rewrite())
        while try rewrite.step() {}
        replica.change(to: try retired())
        #expect(work.end() == 0)
        #expect(try generations() == [2])
        let rows = try replica.pool.read { database in
            try ["customers", "identifiers"].map {
                try Int.fetchOne(database, sql: "SELECT count(*) FROM \($0)") ?? 0
            }
        }
        #expect(rows == [Self.count, Self.count * 3])
        replica.close()
    }

    @Test("A first load that is under way when the key changes gives no card to a second customer")
    func firstLoad() throws {
        let bench = try ReplicaBench()
        let replica = try ReplicaRewriteTests.open(bench.directory.path)
        let rows = (0..<CustomersLimits.largePageRows).map { ReplicaRewriteTests.record($0) }
        try replica.apply(ReplicaBench.page(rows, isComplete: false))
        replica.change(
            to: Vault(
                keys: try StoreKeys.replace(at: bench.directory.file("key")) { keys throws(StorageError) in
                    try keys.rotated()
                }))
        var thief = ReplicaRewriteTests.record(-1)
        thief.identifiers[0].value = ReplicaRewriteTests.card(5)
        let applied = try replica.apply(ReplicaBench.page([thief], feed: "solteq"))
        #expect(applied.findings.map(\.reason) == [.identifierTaken])
        replica.close()
    }
}

/// What threads do again and again.
private final class Work: Sendable {
    private let isEnding = Atomic(false)
    private let faults = Atomic(0)
    private let ended = DispatchGroup()

    /// - Parameter body: returns whether it went as it should.
    func begin(_ body: @escaping @Sendable (Int) throws -> Bool) {
        ended.enter()
        Thread { @Sendable [self] in
            var turn = 0
            while !isEnding.load(ordering: .relaxed) {
                if (try? body(turn)) != true { faults.add(1, ordering: .relaxed) }
                turn += 1
            }
            ended.leave()
        }.start()
    }

    /// - Returns: how often it went wrong.
    func end() -> Int {
        isEnding.store(true, ordering: .relaxed)
        ended.wait()
        return faults.load(ordering: .relaxed)
    }
}
