import Crypto
import Customers
import Foundation
import TestServers
import Testing

@testable import Systems

@Suite(.timeLimit(.minutes(2))) struct PosterNoticeTests {
    private static let secret = "fe2bc8e865d8fc2236968ee53c3b2bd5"

    private static func notice(
        _ object: String, _ id: String, _ action: String, data: String? = nil, secret: String = secret
    )
        -> Notice
    {
        let parts = ["api-demo", object, id, action] + [data].compactMap(\.self) + ["1518794257", secret]
        let digest = Insecure.MD5.hash(data: Data(parts.joined(separator: ";").utf8))
        var members: [(String, JSONText)] = [
            ("account", .string("api-demo")), ("account_number", .string("1")), ("object", .string(object)),
            ("object_id", .number(id)), ("action", .string(action)), ("time", .string("1518794257")),
            ("verify", .string(digest.map { String(format: "%02x", $0) }.joined())),
        ]
        if let data { members.append(("data", .string(data))) }
        return Notice(
            id: "1", receivedAt: StoreBench.noon, target: "/in/poster", body: Array(JSONText.object(members).text.utf8))
    }

    private func connector(_ rig: PosterRig) throws -> PosterConnector {
        try rig.connector([
            "account": .text("api-demo"), "oauth.application_id": .text("app1"),
            "oauth.application_secret": .text(try rig.bench.credential(Self.secret, named: "app")),
            "oauth.redirect_uri": .text("https://kaffe.example/back"), "relay.url": .text("http://127.0.0.1:9/notices"),
            "relay.key": .text(try rig.bench.credential("k", named: "relay")), "schedule": .text("every 60 seconds"),
        ])
    }

    /// The vector is the documentation's parts under its rule, computed apart from this program.
    @Test("A notice is proven by its digest over every part, the time and the data included")
    func proof() throws {
        let body = """
            {"account": "api-demo", "object": "transaction", "object_id": "1", "action": "added", "time": 1518794257,
             "verify": "BA193c47db34623ff442c9967e0cfc7e"}
            """
        let node = try JSONLineParser.parse(Array(body.utf8)[...], valuesMax: 100)
        let notice = try #require(PosterNotice(node, account: "api-demo"))
        #expect(notice.isProven(by: Secret(Self.secret)))
        #expect(!notice.isProven(by: Secret("other")))
        #expect(PosterNotice(node, account: "other") == nil)
        let other = try JSONLineParser.parse(Array(body.replacing("added", with: "changed").utf8)[...], valuesMax: 100)
        #expect(try #require(PosterNotice(other, account: "api-demo")).isProven(by: Secret(Self.secret)) == false)
    }

    @Test(
        "A client who was changed or bought something is read again by the interface, whatever the notice says of him")
    func refresh() async throws {
        let rig = try await PosterRig()
        let connector = try connector(rig)
        let first = try await connector.source.page(after: nil)
        try await rig.change("1") { $0.bonus = "2000" }
        #expect(try await connector.take(Self.notice("client_payed_sum", "1", "changed")) == .taken)
        let page = try await connector.source.page(after: first.cursor)
        #expect(page.records.map(\.loyalty.bonusesHundredths) == [2_000])
        let ewallet = Self.notice(
            "client_ewallet", "1", "changed", data: "{\"value_relative\": 5, \"value_absolute\": 9}")
        #expect(try await connector.take(ewallet) == .taken)
        #expect(try await rig.server.requests().count { $0.path == "/api/clients.getClients" } == 1)
    }

    @Test("A client who was removed, and a group that was changed, have all listed at once")
    func listing() async throws {
        let rig = try await PosterRig()
        let connector = try connector(rig)
        let first = try await connector.source.page(after: nil)
        try await rig.change("1") { $0.delete = "1" }
        #expect(try await connector.take(Self.notice("client", "1", "removed")) == .taken)
        let page = try await connector.source.page(after: first.cursor)
        guard case .remove(let key, _)? = page.changes.first else {
            Issue.record("A removed client is there")
            return
        }
        #expect(key == "1")
    }

    @Test("What proves nothing leads to nothing, and what does not matter is passed over")
    func unproven() async throws {
        let rig = try await PosterRig()
        let connector = try connector(rig)
        #expect(try await connector.take(Self.notice("client", "1", "changed", secret: "other")) == .unproven)
        let noise = Notice(id: "1", receivedAt: StoreBench.noon, target: "/in", body: [0xFF, 0x00])
        #expect(try await connector.take(noise) == .unproven)
        #expect(try await connector.take(Self.notice("transaction", "1", "added")) == .passedOver)
        #expect(try await rig.server.requests().isEmpty)
    }
}
