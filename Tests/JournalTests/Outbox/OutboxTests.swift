import Dispatch
import Foundation
import Storage
import Synchronization
import Testing

@testable import Journal

@Suite("The outbox", .timeLimit(.minutes(1)))
struct OutboxTests {
    let bench: JournalBench
    static let noon = JournalBench.noon

    init() throws { bench = try JournalBench() }

    static func draft(_ number: Int, system: String = "poster", subject: String = "K1") -> OutboxDraft {
        OutboxDraft(
            system: system, kind: "bonus_change", operation: Array("op-\(number)".utf8), subject: subject,
            payload: Array("payload-\(number)".utf8))
    }

    @Test("What was put in outlives a restart, with everything its connector needs")
    func outlives() throws {
        var journal = try bench.open()
        let draft = Self.draft(1)
        #expect(try journal.outbox.post(draft, now: Self.noon) == .queued(1))
        journal.close()
        journal = try bench.open()
        let entry = try #require(try journal.outbox.first(system: "poster"))
        #expect(entry.operation == draft.operation && entry.subject == "K1" && entry.payload == draft.payload)
        #expect(entry.kind == "bonus_change" && entry.standing.state == .pending && entry.standing.dueAt == Self.noon)
        #expect(try journal.outbox.first(system: "custobar") == nil)
        journal.close()
    }

    @Test("The same operation is put in once, and another one under its id is told apart")
    func once() throws {
        let journal = try bench.open()
        _ = try journal.outbox.post(Self.draft(1), now: Self.noon)
        #expect(try journal.outbox.post(Self.draft(1), now: Self.noon) == .known(1, .pending))
        var other = Self.draft(1)
        other.payload = [9]
        #expect(try journal.outbox.post(other, now: Self.noon) == .otherOperation)
        _ = try journal.outbox.post(Self.draft(1, system: "custobar"), now: Self.noon)
        #expect(try journal.outbox.first(system: "custobar")?.operation == Self.draft(1).operation)
        #expect(journal.outbox.waiting.total == 2)
        journal.close()
    }

    @Test("Nobody decides of an entry while it is looked for in its system, and whoever looks takes it as it stands")
    func heldWhileLookedFor() throws {
        let journal = try bench.open()
        let outbox = journal.outbox
        _ = try outbox.post(Self.draft(1), now: Self.noon)
        let read = try #require(try outbox.entry(1))
        let held = try #require(try outbox.hold(read))
        #expect(try outbox.hold(read) == nil)
        #expect(try outbox.decide(read.standing.retried(now: Self.noon), of: read) == nil)
        outbox.letGo(held.id)
        let decided = try #require(try outbox.decide(read.standing.dropped(reason: "x", now: Self.noon), of: read))
        #expect(decided.standing.state == .dropped)
        // What was decided meanwhile is not looked for as it was.
        #expect(try outbox.hold(read) == nil)
        journal.close()
    }

    @Test("A refused entry that is retried goes before what waits about its customer, and says what has gone before it")
    func retriedInOrder() throws {
        let journal = try bench.open()
        let outbox = journal.outbox
        for number in 1...4 { _ = try outbox.post(Self.draft(number), now: Self.noon) }
        _ = try outbox.post(Self.draft(5, subject: "K2"), now: Self.noon)
        func set(_ id: Int64, _ state: OutboxState) throws {
            let entry = try #require(try outbox.entry(id))
            var standing = entry.standing
            standing.state = state
            _ = try outbox.note(standing, of: entry)
        }
        for id: Int64 in [1, 2] { try set(id, .refused) }
        for id: Int64 in [3, 5] { try set(id, .sent) }
        let refused = try #require(try outbox.entry(2))
        #expect(try outbox.arrivedAfter(refused) == 1)
        let standing = try refused.standing.retried(now: Self.noon, arrivedAfter: 1)
        #expect(standing.state == .pending && standing.reason.contains("1 later entry about the same customer"))
        _ = try outbox.decide(standing, of: refused)
        #expect(try outbox.first(system: "poster")?.id == 2)
        journal.close()
    }

    @Test("What was on its way to a system that is not served any more can be dropped")
    func abandoned() throws {
        let sending = OutboxStanding(state: .sending, dueAt: Self.noon, createdAt: Self.noon, changedAt: Self.noon)
        #expect(throws: OutboxStanding.Refusal.self) { try sending.dropped(reason: "x", now: Self.noon) }
        #expect(try sending.abandoned.dropped(reason: "x", now: Self.noon).state == .dropped)
        let pending = OutboxStanding(dueAt: Self.noon, createdAt: Self.noon, changedAt: Self.noon)
        #expect(pending.abandoned == pending)
    }

    @Test("A call made again is known by its name and bytes, whatever its change and its system would be now")
    func knownByItsRequest() throws {
        var journal = try bench.open()
        let request = OutboxRequest(call: "Changes/Correct", operation: [1], body: [7])
        #expect(try journal.outbox.record(of: request) == nil)
        var draft = Self.draft(1)
        draft.request = request
        #expect(try journal.outbox.post(draft, now: Self.noon) == .queued(1))
        journal.close()
        journal = try bench.open()
        #expect(try journal.outbox.record(of: request) == .known(1, .pending))
        (draft.payload, draft.system) = ([9], "custobar")
        #expect(try journal.outbox.post(draft, now: Self.noon) == .known(1, .pending))
        for other in [
            OutboxRequest(call: "Changes/Correct", operation: [1], body: [8]),
            OutboxRequest(call: "Changes/Join", operation: [1], body: [7]),
        ] {
            #expect(try journal.outbox.record(of: other) == .otherOperation)
            draft.request = other
            #expect(try journal.outbox.post(draft, now: Self.noon) == .otherOperation)
        }
        #expect(journal.outbox.waiting.total == 1)
        journal.close()
    }

    @Test("An entry whose bytes are damaged is told of as such, and the others are read")
    func damaged() throws {
        let journal = try bench.open()
        for number in 1...2 { _ = try journal.outbox.post(Self.draft(number, subject: "K\(number)"), now: Self.noon) }
        try bench.execute("UPDATE outbox SET content = zeroblob(length(content)) WHERE id = 1")
        let entries = try journal.outbox.entries()
        #expect(entries.map(\.isReadable) == [false, true])
        #expect(entries[1].payload == Self.draft(2).payload)
        journal.close()
    }

    @Test("What a use of a benefit tells a system is in the outbox with it, by a call's request or without one")
    func toldWithUse() throws {
        let journal = try bench.open()
        let request = OutboxRequest(call: "Benefits/Redeem", operation: [7], body: [1])
        var asked = Self.draft(2)
        asked.request = request
        let use = Redemption(
            id: journal.redemptions.id(lane: "1", operation: [7]), customer: "K1", benefit: "coffee", lane: "1",
            basket: "", source: "members", state: 2, expiresAt: Self.noon, changedAt: Self.noon)
        try journal.redemptions.write(use, outbox: [Self.draft(1), asked])
        #expect(try journal.outbox.entries().map(\.payload) == [Self.draft(1).payload, asked.payload])
        #expect(try journal.outbox.record(of: request) == .known(2, .pending))
        journal.close()
    }

    @Test("Of a customer with many uses the newest are read, and those given back only by those who ask for them")
    func newestUses() throws {
        let journal = try bench.open()
        for number in 0..<(JournalLimits.redemptionsReadMax + 5) {
            let use = Redemption(
                id: journal.redemptions.id(lane: "1", operation: Array("\(number)".utf8)), customer: "K1",
                benefit: "coffee",
                lane: "1", basket: "", source: "members", state: number % 5 == 0 ? 3 : 2, expiresAt: Self.noon,
                changedAt: Self.noon + Double(number))
            try journal.redemptions.write(use)
        }
        let all = try journal.redemptions.redemptions(of: "K1")
        #expect(all.count == JournalLimits.redemptionsReadMax)
        #expect(all.first?.changedAt == Self.noon + Double(JournalLimits.redemptionsReadMax + 4))
        #expect(all.first?.source == "members")
        #expect(try journal.redemptions.redemptions(of: "K1", but: 3).count == 804)
        journal.close()
    }

    @Test("An operation that was sent is known, although nothing of it is left")
    func knowsWhatWasSent() throws {
        let journal = try bench.open()
        _ = try journal.outbox.post(Self.draft(1), now: Self.noon)
        let entry = try #require(try journal.outbox.first(system: "poster"))
        var standing = entry.standing
        standing.state = .sent
        let noted = try #require(try journal.outbox.note(standing, of: entry))
        #expect(try journal.outbox.note(standing, of: entry) == nil, "of what has changed meanwhile nothing is noted")
        #expect(try journal.outbox.entry(noted.id)?.payload.isEmpty == true)
        #expect(try journal.outbox.post(Self.draft(1), now: Self.noon) == .known(1, .sent))
        #expect(journal.outbox.waiting.total == 0)
        journal.close()
    }

    @Test(
        "What comes later for a subject waits for what is before it, and what is about others or nobody does not",
        arguments: [OutboxState.pending, .sending, .unknown])
    func order(state: OutboxState) throws {
        let journal = try bench.open()
        let outbox = journal.outbox
        for (number, subject) in ["K1", "K1", "K2", "", ""].enumerated() {
            _ = try outbox.post(Self.draft(number, subject: subject), now: Self.noon)
        }
        let first = try #require(try outbox.first(system: "poster"))
        #expect(first.id == 1)
        var standing = first.standing
        standing.state = state
        standing.dueAt = Self.noon + 60
        _ = try outbox.note(standing, of: first)
        var order: [Int64] = []
        for _ in 0..<3 {
            let next = try #require(try outbox.first(system: "poster"))
            order.append(next.id)
            var standing = next.standing
            standing.state = .sent
            _ = try outbox.note(standing, of: next)
        }
        #expect(order == [3, 4, 5])
        #expect(try outbox.first(system: "poster")?.id == (state == .sending ? nil : 1))
        journal.close()
    }

    @Test("What a system refused lets those after it pass, and keeps what it held")
    func refused() throws {
        let journal = try bench.open()
        for number in 1...2 { _ = try journal.outbox.post(Self.draft(number), now: Self.noon) }
        let first = try #require(try journal.outbox.first(system: "poster"))
        var standing = first.standing
        (standing.state, standing.reason) = (.refused, "No such client.")
        _ = try journal.outbox.note(standing, of: first)
        #expect(try journal.outbox.first(system: "poster")?.id == 2)
        let held = try #require(try journal.outbox.entries(states: [.refused]).first)
        #expect(held.payload == Self.draft(1).payload && held.standing.reason == "No such client.")
        let retried = try held.standing.retried(now: Self.noon)
        _ = try journal.outbox.note(retried, of: held)
        #expect(try journal.outbox.first(system: "poster")?.id == 1)
        journal.close()
    }

    @Test("No more are taken than may wait, whatever else is put in")
    func bounded() throws {
        var limits = JournalLimits()
        limits.outboxWaitingMax = 2
        let journal = try bench.open(limits: limits)
        for number in 1...2 { _ = try journal.outbox.post(Self.draft(number), now: Self.noon) }
        #expect(try journal.outbox.post(Self.draft(3), now: Self.noon) == .full)
        var long = Self.draft(4)
        long.payload = [UInt8](repeating: 0, count: OutboxLimits.payloadBytesMax + 1)
        #expect(try journal.outbox.post(long, now: Self.noon) == .unfit)
        journal.close()
    }

    @Test("What a lane's change sends out is written with it, once")
    func withLane() throws {
        var journal = try bench.open()
        let rung = DispatchSemaphore(value: 0)
        journal.outbox.onChange(of: "poster") { rung.signal() }
        let written = DispatchSemaphore(value: 0)
        for _ in 0..<2 {
            journal.note(LaneChange(state: { [1] }, outbox: [Self.draft(1)]), lane: "1") { written.signal() }
            written.wait()
        }
        rung.wait()
        #expect(journal.outbox.waiting.count(.pending, of: "poster") == 1)
        journal.close()
        journal = try bench.open()
        #expect(try journal.outbox.entries().map(\.payload) == [Self.draft(1).payload])
        journal.close()
    }

    @Test("An erasure empties every entry of its subject, and no word of one is in any file")
    func erases() throws {
        let journal = try bench.open()
        let canary = "canary-Kari"
        var draft = Self.draft(1, subject: canary)
        draft.payload = Array(canary.utf8)
        draft.operation = Array(canary.utf8)
        _ = try journal.outbox.post(draft, now: Self.noon)
        for name in try bench.directory.names() {
            #expect(try bench.directory.bytes(name).range(of: Data(canary.utf8)) == nil, "\(name)")
        }
        _ = try journal.outbox.post(Self.draft(2, subject: "other"), now: Self.noon)
        #expect(try journal.outbox.erase(subject: canary, now: Self.noon) == 1)
        let entry = try #require(try journal.outbox.entry(1))
        #expect(entry.standing.state == .dropped && entry.payload.isEmpty && entry.subject.isEmpty)
        #expect(try journal.outbox.first(system: "poster")?.id == 2)
        #expect(journal.outbox.waiting.total == 1)
        journal.close()
    }

    @Test("What came to its end long ago is forgotten, what was refused is not")
    func forgets() throws {
        var journal = try bench.open()
        for (number, state) in [(1, OutboxState.sent), (2, .refused), (3, .dropped)] {
            _ = try journal.outbox.post(Self.draft(number, subject: "K\(number)"), now: Self.noon)
            let entry = try #require(try journal.outbox.first(system: "poster"))
            var standing = entry.standing
            standing.state = state
            _ = try journal.outbox.note(standing, of: entry)
        }
        journal.close()
        journal = try bench.open()
        #expect(try !journal.file.trimOutbox(now: Self.noon + 29 * 86_400, limits: JournalLimits()))
        #expect(try journal.outbox.entries().count == 3)
        _ = try journal.file.trimOutbox(now: Self.noon + 31 * 86_400, limits: JournalLimits())
        #expect(try journal.outbox.entries().map(\.standing.state) == [.refused])
        journal.close()
    }

    @Test("A broken journal's outbox is saved with the rest")
    func salvaged() throws {
        var journal = try bench.open()
        for number in 1...50 { _ = try journal.outbox.post(Self.draft(number), now: Self.noon) }
        journal.close()
        // The header stays readable; a page of the schema's end is not.
        let handle = try FileHandle(forUpdating: URL(fileURLWithPath: bench.path))
        let size = try handle.seekToEnd()
        try handle.seek(toOffset: size - 4_096 * 2)
        try handle.write(contentsOf: Data(repeating: 0xFF, count: 64))
        try handle.close()
        journal = try bench.open()
        if journal.setAside != nil { #expect(try journal.outbox.entries().count > 0) }
        #expect(journal.outbox.waiting.total == (try journal.outbox.entries().count))
        journal.close()
    }
}
