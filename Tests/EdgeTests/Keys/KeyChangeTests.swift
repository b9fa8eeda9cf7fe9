import CountertopClient
import Customers
import Foundation
import Journal
import Systems
import Testing
import Wire

@testable import Edge

@Suite struct KeyChangeTests {
    private static let row = """
        {"key": "1", "name": "Kari Kanarinord", "customer_card": "CANARY-CARD-1", "phone": "90000001", "benefits": [{"id": "coffee"}]}

        """

    /// Runs an edge with one customer of a feed.
    private func withStore(
        _ directory: TemporaryDirectory, _ body: (StoreRig, CountertopConnection) async throws -> Void
    ) async throws -> String {
        let path = directory.file("members.jsonl")
        try Self.row.write(toFile: path, atomically: true, encoding: .utf8)
        return try await StoreRig.with(directory: directory) {
            $0.sampleStore = false
            $0.feeds = [
                FeedSettings(
                    name: "members", place: .file(path), mapping: FieldMapping(), schedule: .daily(hour: 3, minute: 0))
            ]
        } _: { rig in
            try await rig.withTill { edge in
                try await edge.waitForHealth { $0.replicaComplete }
                try await body(rig, edge)
            }
            return rig.log.text
        }
    }

    @Test("A store changes its key while it serves: everybody is found, nothing is lost, and the old key can go")
    func changes() async throws {
        let directory = try TemporaryDirectory()
        let key = directory.file("key")
        var (id, redemption): (String, [UInt8]) = ("", [])
        var logs = try await withStore(directory) { rig, edge in
            id = try #require(try await edge.customers.resolve(code: "CANARY-CARD-1").customer?.id)
            try await edge.lanes.openBasket(lane: "1", basket: "B-1")
            try await edge.lanes.attachCustomer(lane: "1", basket: "B-1", customer: id)
            _ = try await edge.lanes.enter(lane: "2", code: "CANARY-CARD-1")
            redemption = try await edge.benefits.reserve("coffee", of: id, lane: "1").id
            let draft = OutboxDraft(
                system: "poster", kind: "bonus_change", operation: [1], subject: id, payload: Array("x".utf8))
            _ = try rig.edge.outbox.post(draft, now: Date())
        }
        let (strange, before) = (directory.file("strange"), try Data(contentsOf: URL(fileURLWithPath: key)))
        try EdgeKey.create(at: strange)
        #expect(throws: EdgeError.self, "another store's key") {
            try EdgeKey.rotate(at: strange, state: directory.path)
        }
        #expect(EdgeKey.opens(state: directory.path, with: strange) == false)
        #expect(EdgeKey.opens(state: directory.path, with: key) == true)
        #expect(try Data(contentsOf: URL(fileURLWithPath: key)) == before)
        #expect(try EdgeKey.rotate(at: key, state: directory.path) == 2)
        let refusal = #expect(throws: EdgeError.self) { try EdgeKey.retire(at: key, state: directory.path) }
        #expect(refusal?.message.contains("journal.db and replica.db") == true)
        for round in 2...3 {
            logs += try await withStore(directory) { rig, edge in
                for code in ["CANARY-CARD-1", "90 00 00 01"] {
                    let found = try await edge.customers.resolve(code: code).customer?.id
                    #expect(found == id, "round \(round)")
                }
                let lane = try await edge.lanes.list().first { $0.name == "1" }
                #expect(lane?.basket?.customer?.id == id)
                #expect(try await edge.history(lane: "2").map(\.data) == [Array("CANARY-CARD-1".utf8)])
                #expect(try await edge.outbox.list().entries.map(\.subject) == [id])
                if round == 2 {
                    try await edge.waitForHealth { $0.findings.contains { $0.reason == "KEY_RETIRABLE" } }
                    #expect(try await edge.benefits.redeem(redemption, lane: "1").state == .redeemed)
                } else {
                    #expect(try await !edge.health.check().findings.contains { $0.reason.hasPrefix("KEY_") })
                    #expect(try await edge.benefits.list(customer: id).benefits.map(\.state) == [.used])
                }
            }
            if round == 2 { #expect(try EdgeKey.retire(at: key, state: directory.path) == []) }
        }
        #expect(throws: EdgeError.self) { try EdgeKey.retire(at: key, state: directory.path) }
        for name in try FileManager.default.contentsOfDirectory(atPath: directory.path) where name != "members.jsonl" {
            let bytes = FileManager.default.contents(atPath: directory.file(name)) ?? Data()
            for canary in ["Kanarinord", "CANARY-CARD", "90000001"] {
                #expect(bytes.range(of: Data(canary.utf8)) == nil, "\(name)")
            }
        }
        #expect(!logs.contains("Kanarinord") && !logs.contains("CANARY-CARD") && !logs.contains("90000001"))
    }

    /// Has a running edge take up its key file.
    private func takeUp(_ key: String, _ edge: CountertopConnection) async throws {
        _ = try await edge.keys.takeUp(sealedKeyFile: try EdgeKey.handover(at: key))
    }

    @Test("A running edge takes up a new key and lets the one before go, and nobody starts it again")
    func changesWhileRunning() async throws {
        let directory = try TemporaryDirectory()
        let key = directory.file("key")
        var (id, redemption): (String, [UInt8]) = ("", [])
        _ = try await withStore(directory) { rig, edge in
            id = try #require(try await edge.customers.resolve(code: "CANARY-CARD-1").customer?.id)
            redemption = try await edge.benefits.reserve("coffee", of: id, lane: "1").id
            _ = try await edge.lanes.enter(lane: "2", code: "CANARY-CARD-1")
            #expect(try EdgeKey.rotate(at: key, state: directory.path) == 2)
            // Nothing is taken up before the edge is told.
            #expect(try await !edge.health.check().findings.contains { $0.reason.hasPrefix("KEY_") })
            try await takeUp(key, edge)
            try await edge.waitForHealth { $0.findings.contains { $0.reason == "KEY_RETIRABLE" } }
            #expect(try await edge.customers.resolve(code: "CANARY-CARD-1").customer?.id == id)
            _ = try await edge.lanes.enter(lane: "1", code: "CANARY-CARD-1")
            #expect(try EdgeKey.retire(at: key, state: directory.path) == [])
            try await takeUp(key, edge)
            try await edge.waitForHealth { health in !health.findings.contains { $0.reason.hasPrefix("KEY_") } }
            #expect(try await edge.customers.resolve(code: "90 00 00 01").customer?.id == id)
            #expect(try await edge.benefits.redeem(redemption, lane: "1").state == .redeemed)
            #expect(try await edge.history(lane: "2").map(\.data) == [Array("CANARY-CARD-1".utf8)])
            // And once more, without an end in between.
            #expect(try EdgeKey.rotate(at: key, state: directory.path) == 3)
            try await takeUp(key, edge)
            try await edge.waitForHealth { $0.findings.contains { $0.reason == "KEY_RETIRABLE" } }
            #expect(try EdgeKey.retire(at: key, state: directory.path) == [])
            try await takeUp(key, edge)
            #expect(try await edge.customers.resolve(code: "CANARY-CARD-1").customer?.id == id)
        }
        _ = try await withStore(directory) { _, edge in
            let found = try await edge.customers.resolve(code: "CANARY-CARD-1").customer?.id
            let findings = try await edge.health.check().findings
            let states = try await edge.benefits.list(customer: id).benefits.map(\.state)
            #expect(found == id && states == [.used])
            #expect(!findings.contains { $0.reason.hasPrefix("KEY_") })
        }
    }

    @Test("Another store's keys are refused, and so is to forget a key that rows are under; the edge keeps its own")
    func refuses() async throws {
        let directory = try TemporaryDirectory()
        let key = directory.file("key")
        let other = directory.file("other")
        try EdgeKey.create(at: other)
        _ = try EdgeKey.rotate(at: other, state: directory.file("elsewhere"))
        _ = try await withStore(directory) { _, edge in
            for bytes in [try EdgeKey.handover(at: other), [], Array("countertop-key 1 00".utf8)] {
                await #expect(throws: CountertopError.self) { try await edge.keys.takeUp(sealedKeyFile: bytes) }
            }
            _ = try EdgeKey.rotate(at: key, state: directory.path)
            let refusal = #expect(throws: EdgeError.self) { try EdgeKey.retire(at: key, state: directory.path) }
            #expect(refusal?.message.contains("replica.db") == true)
            #expect(try await edge.customers.resolve(code: "CANARY-CARD-1").customer != nil)
        }
    }
}
