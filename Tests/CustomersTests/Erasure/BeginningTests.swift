import Foundation
import GRDB
import Storage
import Synchronization
import Testing

@testable import Customers

/// What a store keeps beside its copy.
final class KeptMemory: ReplicaMemory {
    struct State {
        var forgotten: [ForgottenID] = []
        var departures: [String: Departure] = [:]
        var isRefusing = false
    }

    struct Refusal: Error {}

    let state = Mutex(State())

    private func whenWell<Value>(_ body: (inout State) -> Value) throws -> Value {
        try state.withLock { state in
            guard !state.isRefusing else { throw Refusal() }
            return body(&state)
        }
    }

    func forgotten(after place: Int64) throws -> [ForgottenID] {
        try whenWell { Array($0.forgotten.filter { $0.place > place }.prefix(2)) }
    }

    func keep(_ departures: [Departure]) throws {
        try whenWell { state in for departure in departures { state.departures[departure.id] = departure } }
    }

    func departures(after customer: String) throws -> [Departure] {
        try whenWell { Array($0.departures.values.sorted { $0.id < $1.id }.filter { $0.id > customer }.prefix(2)) }
    }

    func release(_ customers: [String]) throws {
        try whenWell { state in for customer in customers { state.departures[customer] = nil } }
    }

    func forget(_ customer: String, at time: Date) {
        state.withLock { state in
            let place = Int64(state.forgotten.count + 1)
            state.forgotten.append(ForgottenID(place: place, customer: customer, erasedAt: time))
        }
    }

    func refuse(_ isRefusing: Bool) { state.withLock { $0.isRefusing = isRefusing } }

    var kept: [String] { state.withLock { $0.departures.keys.sorted() } }
}

@Suite("A copy that begins anew")
struct BeginningTests {
    let bench: ReplicaBench
    let memory = KeptMemory()

    init() throws { bench = try ReplicaBench() }

    private func open() throws -> Replica {
        try Replica(
            path: bench.path, vault: bench.vault, company: "nordmat", region: "NO", memory: memory,
            now: { ReplicaBench.noon })
    }

    private func id(_ key: String, _ replica: Replica) -> String { replica.customerID(feed: "poster", key: key) }

    /// The file breaks under the feet of those who use it, and is set aside.
    private func breakDown(_ replica: Replica) throws {
        #expect(try replica.scrub())
        let file = try FileHandle(forWritingTo: URL(fileURLWithPath: bench.path))
        try file.seek(toOffset: 4_096)
        try file.write(contentsOf: Data(repeating: 0xA5, count: 3 * 4_096))
        try file.close()
        guard case .setAside = try replica.checkWhole() else {
            Issue.record("The damage was not found.")
            return
        }
    }

    @Test("The first page after a copy was set aside finds the tombstones in the new one")
    func refusesInTheNewOne() throws {
        let replica = try open()
        try replica.apply(ReplicaBench.page([ReplicaBench.kari, ReplicaBench.ola]))
        for key in ["77", "a", "b", "c"] {
            memory.forget(id(key, replica), at: ReplicaBench.noon + 1)
            try replica.erase(customerID: id(key, replica), at: ReplicaBench.noon + 1)
        }
        try breakDown(replica)
        let applied = try replica.apply(ReplicaBench.page([ReplicaBench.kari, ReplicaBench.ola]))
        #expect(applied == AppliedPage(upserted: 1, findings: [RowFinding(row: 0, reason: .erased)]))
        replica.close()
    }

    @Test("A page is kept out while what it has to meet cannot be laid, and is taken later")
    func waitsForTheMemory() throws {
        let replica = try open()
        memory.forget(id("77", replica), at: ReplicaBench.noon + 1)
        memory.refuse(true)
        #expect(throws: CustomersError.self) { try replica.apply(ReplicaBench.page([ReplicaBench.kari])) }
        #expect(try replica.cursor(of: "poster") == nil && replica.status().customers == 0)
        memory.refuse(false)
        #expect(try replica.apply(ReplicaBench.page([ReplicaBench.kari])).findings.map(\.reason) == [.erased])
        replica.close()
    }

    @Test("Those of a source that is forgotten are known in the copy that begins anew, and somebody is told of them")
    func keepsTheForgotten() throws {
        let told = Mutex(0)
        let replica = try open()
        replica.onDeparture { told.withLock { $0 += 1 } }
        try replica.apply(ReplicaBench.page([ReplicaBench.kari, ReplicaBench.ola]))
        #expect(try replica.forget(feed: "poster") == 2)
        #expect(told.withLock { $0 } == 1 && memory.kept == [id("77", replica), id("78", replica)].sorted())
        let before = try replica.departures()
        try breakDown(replica)
        try replica.apply(ReplicaBench.page([], feed: "other"))
        let after = try replica.departures()
        #expect(Set(after.map(\.id)) == Set(before.map(\.id)) && before.count == 2)
        #expect(after.allSatisfy { $0.feed.isEmpty && !$0.identifiers.isEmpty })
        replica.close()
    }

    @Test("A source whose forgetting is broken off is known still, with those who are left, and goes the next time")
    func forgetsInSteps() throws {
        let told = Mutex(0)
        let replica = try open()
        replica.onDeparture { told.withLock { $0 += 1 } }
        let records = (0..<1_500).map { number in
            CustomerRecord(
                key: "\(number)", name: "Kari", identifiers: [Identifier(type: .customerCard, value: "CARD\(number)")],
                changedAt: ReplicaBench.noon)
        }
        for begin in stride(from: 0, to: records.count, by: 500) {
            try replica.apply(ReplicaBench.page(Array(records[begin..<begin + 500])))
        }
        #expect(try replica.forget(feed: "poster", isEnded: { true }) == nil)
        #expect(try replica.status().customers == 1_500 && told.withLock { $0 } == 0)
        var asked = 0
        let isBrokenOff =
            try replica.forget(feed: "poster") {
                asked += 1
                return asked > 1
            } == nil
        let left = try replica.status().customers
        #expect(isBrokenOff && (1..<1_500).contains(left) && told.withLock { $0 } == 1)
        #expect(try replica.feeds().map(\.name) == ["poster"])
        #expect(try replica.forget(feed: "poster") == Int(left))
        #expect(try replica.feeds().isEmpty && memory.kept.count == 1_500)
        replica.close()
    }

    @Test("Somebody who came back by a later record stays when the store starts once more")
    func leavesWhoCameBack() throws {
        var replica = try open()
        memory.forget(id("77", replica), at: ReplicaBench.noon + 1)
        var record = ReplicaBench.kari
        record.changedAt = ReplicaBench.noon + 2
        #expect(try replica.apply(ReplicaBench.page([record])).upserted == 1)
        replica.close()
        replica = try open()
        #expect(try replica.apply(ReplicaBench.page([record])).upserted == 1)
        replica.close()
    }

    @Test(
        "Those who are gone and whose traces are not are known in the copy that begins anew, with their codes and successors"
    )
    func keepsDepartures() throws {
        let replica = try open()
        try replica.apply(ReplicaBench.page([ReplicaBench.kari, ReplicaBench.ola]))
        try replica.apply(ReplicaBench.removal("77"))
        var merge = ReplicaBench.page([], cursor: "3")
        merge.merges = [CustomerMerge(key: "78", into: "79", at: ReplicaBench.noon)]
        try replica.apply(merge)
        let before = try replica.departures()
        #expect(before.count == 2 && memory.kept == before.map(\.id).sorted())
        try breakDown(replica)
        #expect(try replica.departures().isEmpty)
        try replica.apply(ReplicaBench.page([]))
        func facts(_ departures: [Departure]) -> [[String]] {
            departures.sorted { $0.id < $1.id }.map { gone in
                [gone.id, gone.feed, gone.successor ?? "-"] + gone.identifiers.map { "\($0.type) \($0.value)" }
            }
        }
        let after = try replica.departures()
        #expect(facts(after) == facts(before) && after.allSatisfy { $0.feed == "poster" })
        replica.close()
    }

    @Test("A removal is not taken unless it can be kept, and one that was kept and not taken is let go of")
    func keepsBeforeItTakes() throws {
        var replica = try open()
        try replica.apply(ReplicaBench.page([ReplicaBench.kari, ReplicaBench.ola]))
        memory.refuse(true)
        #expect(throws: CustomersError.self) { try replica.apply(ReplicaBench.removal("77")) }
        #expect(throws: CustomersError.self) {
            try replica.erase(customerID: id("78", replica), at: ReplicaBench.noon + 1)
        }
        memory.refuse(false)
        #expect(try replica.status().customers == 2 && replica.departures().isEmpty)
        // The power goes between the keeping and the end of the transaction.
        try memory.keep([Departure(number: 1, id: id("77", replica), feed: "poster", identifiers: [])])
        replica.close()
        replica = try open()
        try replica.apply(ReplicaBench.page([ReplicaBench.ola]))
        #expect(memory.kept.isEmpty)
        #expect(try replica.departures().isEmpty && replica.status().customers == 2)
        replica.close()
    }

    @Test("A page that goes on from where the copy is not is refused: the copy began anew since")
    func refusesTheMiddle() throws {
        let replica = try open()
        var page = ReplicaBench.page([ReplicaBench.kari], cursor: "1")
        try replica.apply(page)
        page = ReplicaBench.page([ReplicaBench.ola], cursor: "2")
        page.follows = Array("1".utf8)
        try replica.apply(page)
        try breakDown(replica)
        page.follows = Array("2".utf8)
        #expect {
            try replica.apply(page)
        } throws: {
            ($0 as? CustomersError)?.code == .placeLost
        }
        #expect(try !replica.status().complete)
        page.follows = nil
        #expect(try replica.apply(page).upserted == 1)
        replica.close()
    }
}
