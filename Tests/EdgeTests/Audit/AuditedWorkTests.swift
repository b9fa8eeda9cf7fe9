import CountertopClient
import Foundation
import Systems
import TestServers
import Testing
import Wire

@testable import Edge

@Suite struct AuditedWorkTests {
    private static let row = """
        {"key": "1", "name": "Kari Nordås", "customer_card": "CARD1", "phone": "90000001", "benefits": [{"id": "coffee"}]}

        """

    @Test("Who armed, reserved, redeemed, issued and revoked stands in the log of changes, by opaque ids alone")
    func work() async throws {
        let directory = try TemporaryDirectory()
        let path = directory.file("members.jsonl")
        try Self.row.write(toFile: path, atomically: true, encoding: .utf8)
        let server = try await SystemServer("messages")
        let customer = try await StoreRig.with(directory: directory) {
            $0.sampleStore = false
            $0.useCards(server)
            $0.feeds = [
                FeedSettings(
                    name: "members", place: .file(path), mapping: FieldMapping(), schedule: .daily(hour: 3, minute: 0))
            ]
        } _: { rig in
            try await rig.withTill { edge in
                let customer = try await edge.customer(of: "CARD1")
                try await edge.lanes.armScanner(lane: "1")
                let coffee = try await edge.benefits.reserve("coffee", of: customer, lane: "1")
                try await edge.benefits.redeem(coffee.id, lane: "1")
                let card = try await edge.cards.issue(customer: customer, by: .none)
                try await edge.cards.revoke(card.id)
                return customer
            }
        }
        let text = try String(contentsOfFile: directory.file("audit-changes.log"), encoding: .utf8)
        let lines = text.split(separator: "\n")
        for call in ["Lanes/ArmScanner", "Benefits/Reserve", "Benefits/Redeem", "Cards/Issue", "Cards/Revoke"] {
            let line = try #require(lines.first { $0.contains("\"\(call)\"") }, "\(call)")
            #expect(call == "Lanes/ArmScanner" || line.contains(customer), "\(line)")
        }
        for canary in ["Kari", "Nord", "CARD1", "90000001"] { #expect(!text.contains(canary), "\(canary)") }
    }
}
