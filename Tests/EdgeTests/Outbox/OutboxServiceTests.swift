import CountertopClient
import Foundation
import Journal
import Testing
import Wire

@testable import Edge

@Suite struct OutboxServiceTests {
    /// An edge whose outbox holds three entries for a system that it does not serve.
    private func withOutbox(_ body: (CountertopConnection, Outbox) async throws -> Void) async throws {
        try await StoreRig.with { rig in
            let outbox = rig.edge.outbox
            for number in 1...3 {
                let draft = OutboxDraft(
                    system: "poster", kind: "bonus_change", operation: [UInt8(number)], subject: "K1",
                    payload: Array("canary-Kari".utf8))
                _ = try outbox.post(draft, now: Date())
            }
            try await rig.withTill { try await body($0, outbox) }
            #expect(!rig.log.text.contains("canary"))
        }
    }

    @Test("What waits is listed with its system, its count and its age, and nothing of what it says")
    func list() async throws {
        try await withOutbox { edge, _ in
            let answer = try await edge.outbox.list()
            #expect(answer.systems == [OutboxSystem(name: "poster")])
            #expect(answer.counts.map(\.count) == [3] && answer.counts.map(\.state) == [.pending])
            #expect(answer.entries.map(\.id) == [1, 2, 3] && answer.entries.map(\.subject) == ["K1", "K1", "K1"])
            #expect(answer.entries.allSatisfy { $0.createdAtUnixMs > 0 && $0.kind == "bonus_change" })
            let json = try ListOutboxAnswer.schema.json(packed: answer.packed())
            #expect(!json.contains("canary"))
            let rest = try await edge.outbox.list(ListOutboxRequest(afterId: 1, limit: 1))
            #expect(rest.entries.map(\.id) == [2])
            let health = try await edge.health.check()
            #expect(health.findings.contains { $0.reason == "OUTBOX_UNSERVED" && $0.message.contains("poster") })
        }
    }

    @Test("An entry is given up with a reason, is shown so, and is not tried again")
    func drop() async throws {
        try await withOutbox { edge, _ in
            let entry = try await edge.outbox.drop(2, reason: "Booked by hand")
            #expect(entry.state == .dropped && entry.reason == "Booked by hand" && entry.subject.isEmpty)
            #expect(try await edge.outbox.list().entries.map(\.id) == [1, 3])
            let dropped = try await edge.outbox.list(ListOutboxRequest(states: [.dropped]))
            #expect(dropped.entries.map(\.reason) == ["Booked by hand"])
            let error = await #expect(throws: CountertopError.self) { try await edge.outbox.retry(2) }
            #expect(error?.reason == "ENTRY_ENDED")
        }
    }

    @Test("What was refused is tried again when somebody says so")
    func retry() async throws {
        try await withOutbox { edge, outbox in
            let entry = try #require(try outbox.first(system: "poster"))
            var standing = entry.standing
            (standing.state, standing.reason) = (.refused, "No such client.")
            _ = try outbox.note(standing, of: entry)
            let health = try await edge.health.check()
            #expect(health.findings.contains { $0.reason == "OUTBOX_HELD" })
            let retried = try await edge.outbox.retry(1)
            #expect(retried.state == .pending && retried.dueAtUnixMs > 0)
        }
    }

    @Test("A decision that cannot be is refused in words")
    func refusals() async throws {
        try await withOutbox { edge, outbox in
            let unknown = await #expect(throws: CountertopError.self) { try await edge.outbox.retry(99) }
            #expect(unknown?.reason == "ENTRY_UNKNOWN")
            let wordless = await #expect(throws: CountertopError.self) { try await edge.outbox.drop(1, reason: "") }
            #expect(wordless?.reason == "ARGUMENT_INVALID")
            let entry = try #require(try outbox.first(system: "poster"))
            #expect(try outbox.hold(entry) != nil)
            let moving = await #expect(throws: CountertopError.self) { try await edge.outbox.drop(1, reason: "x") }
            #expect(moving?.reason == "ENTRY_MOVING")
            outbox.letGo(entry.id)
            #expect(try await edge.outbox.drop(1, reason: "x").state == .dropped)
        }
    }

    @Test("What was on its way to a system that is not configured any more is told of, and can be given up")
    func abandoned() async throws {
        try await withOutbox { edge, outbox in
            for id: Int64 in 1...3 {
                let entry = try #require(try outbox.entry(id))
                var standing = entry.standing
                standing.state = .sending
                _ = try outbox.note(standing, of: entry)
            }
            let health = try await edge.health.check()
            #expect(health.findings.contains { $0.reason == "OUTBOX_UNSERVED" && $0.message.contains("poster") })
            #expect(try await edge.outbox.drop(1, reason: "The system is gone").state == .dropped)
            #expect(try await edge.outbox.retry(2).state == .pending)
        }
    }

    @Test("Of an entry that comes out of its order it is said so, and the audit log has its number")
    func outOfOrder() async throws {
        let directory = try TemporaryDirectory()
        try await StoreRig.with(directory: directory) { rig in
            for number in 1...2 {
                let draft = OutboxDraft(
                    system: "poster", kind: "permission", operation: [UInt8(number)], subject: "K1", payload: [1])
                _ = try rig.edge.outbox.post(draft, now: Date())
            }
            for (id, state): (Int64, Journal.OutboxState) in [(1, .refused), (2, .sent)] {
                let entry = try #require(try rig.edge.outbox.entry(id))
                var standing = entry.standing
                standing.state = state
                _ = try rig.edge.outbox.note(standing, of: entry)
            }
            let retried = try await rig.withTill { try await $0.outbox.retry(1) }
            #expect(retried.reason.contains("1 later entry about the same customer"))
        }
        let audit = try String(contentsOfFile: directory.file("audit-changes.log"), encoding: .utf8)
        #expect(audit.contains("\"call\":\"Outbox/Retry\",\"entry\":1}"))
    }
}
