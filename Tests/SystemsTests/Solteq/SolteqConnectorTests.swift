import Customers
import TestServers
import Testing

@testable import Systems

@Suite(.timeLimit(.minutes(2))) struct SolteqConnectorTests {
    private struct Customer: Codable {
        struct Identifier: Codable { var type: String, value: String }
        var id: String
        var firstName: String
        var lastName = "Ås"
        var phones: [String] = []
        var identifiers: [Identifier] = []
        var deleted = false
    }

    private struct State: Encodable { var customers: [Customer] }

    private func connector(
        _ bench: SystemBench, secret: String = "s3cret", _ more: [String: SystemSettings.Value] = [:]
    ) throws -> SolteqConnector {
        var values: [String: SystemSettings.Value] = [
            "url": .text(bench.server.base), "identity_url": .text(bench.server.base), "client_id": .text("nordmat"),
            "client_secret": .text(try bench.credential(secret)), "groups": .texts(["cardu"]),
            "allow": .texts(["name", "first_name", "phone", "customer_card", "external_id", "groups"]),
        ]
        values.merge(more) { $1 }
        return try SolteqConnector(
            SystemSettings(name: "solteq", kind: "solteq", values: values), try bench.tools())
    }

    private static let three = [
        Customer(
            id: "1", firstName: "Kari", phones: ["41234567"],
            identifiers: [
                .init(type: "CustomerCard", value: "CARD1"), .init(type: "SsnHash", value: "5EC2E7"),
                .init(type: "ExternalID", value: "X-1"),
            ]),
        Customer(id: "2", firstName: "Ola", identifiers: [.init(type: "CustomerCard", value: "CARD2")]),
        Customer(id: "3", firstName: "Nina", identifiers: [.init(type: "CustomerCard", value: "CARD3")]),
    ]

    @Test(
        "Customers come page by page with their cards and the default groups, and no digest of a social security number"
    )
    func pages() async throws {
        let bench = try await SystemBench("solteq")
        try await bench.server.setState(State(customers: Self.three))
        let source = try connector(bench).feeds[0].source
        let first = try await source.page(after: nil)
        #expect(!first.isLast && source.isUnderWay(first.cursor))
        guard case .upsert(let kari) = try #require(first.changes.first) else {
            Issue.record("Kari is removed")
            return
        }
        #expect(kari.name == "Kari Ås" && kari.groupIDs == ["cardu"])
        #expect(
            kari.identifiers == [
                Identifier(type: .phone, value: "41234567"), Identifier(type: .customerCard, value: "CARD1"),
                Identifier(type: .externalID, value: "X-1"),
            ])
        let second = try await source.page(after: first.cursor)
        #expect(second.isLast && second.changes.count == 1 && !source.isUnderWay(second.cursor))
    }

    @Test("A listing that is read again gives what has changed alone, and a page that was not taken comes again")
    func changes() async throws {
        let bench = try await SystemBench("solteq")
        try await bench.server.setState(State(customers: Self.three))
        let source = try connector(bench).feeds[0].source
        let first = try await source.page(after: nil)
        let again = try await source.page(after: nil)
        #expect(again.changes.count == 2, "the page was given and never taken")
        let last = try await source.page(after: first.cursor)
        var changed = Self.three
        changed[1].firstName = "Olga"
        changed[2].deleted = true
        try await bench.server.setState(State(customers: changed))
        let next = try await source.page(after: last.cursor)
        #expect(next.changes.map(\.key) == ["2"])
        let end = try await source.page(after: next.cursor)
        guard case .remove("3", _) = try #require(end.changes.first) else {
            Issue.record("Nina is not removed")
            return
        }
    }

    @Test("One token serves all pages; one that is refused is renewed once")
    func tokens() async throws {
        let bench = try await SystemBench("solteq")
        try await bench.server.setState(State(customers: Self.three))
        let source = try connector(bench).feeds[0].source
        let first = try await source.page(after: nil)
        try await bench.server.misbehave("status:401")
        _ = try await source.page(after: first.cursor)
        let paths = try await bench.server.requests().map(\.path)
        #expect(paths.count { $0 == "/connect/token" } == 2)
        try await bench.server.misbehave("status:401", "", "status:401")
        let error = await #expect(throws: SystemsError.self) { try await source.page(after: first.cursor) }
        #expect(error?.code == .refused)
    }

    @Test("A check says that the credentials are taken, or what is wrong with them")
    func check() async throws {
        let bench = try await SystemBench("solteq")
        #expect(try await connector(bench).check().contains("takes the credentials"))
        let wrong = try connector(bench, secret: "other")
        let error = await #expect(throws: SystemsError.self) { try await wrong.check() }
        #expect(error?.code == .refused && error?.cause == "status 400, invalid_client")
        #expect(error?.message.contains("client_id or the secret") == true)
        #expect(error?.description.contains("other") == false)
        let scope = try connector(bench, ["scope": .text("catalog-api")])
        let refused = await #expect(throws: SystemsError.self) { try await scope.check() }
        #expect(refused?.message.contains("Check scope") == true)
    }

    @Test("What is no page of customers is not taken", arguments: ["shape", "garbage", "half", "huge"])
    func broken(_ misdeed: String) async throws {
        let bench = try await SystemBench("solteq")
        let source = try connector(bench).feeds[0].source
        try await bench.server.misbehave("", misdeed)
        await #expect(throws: SystemsError.self) { try await source.page(after: nil) }
    }

    @Test("Cardu's customers make themselves a card, and are shown where")
    func cardu() async throws {
        let bench = try await SystemBench("solteq")
        let cardu: [String: SystemSettings.Value] = ["cardu.enabled": .flag(true)]
        #expect(throws: SettingFault.self) { try connector(bench, cardu) }
        let url = "https://cardu.example/join"
        let cloud = try connector(bench, cardu.merging(["cardu.enrolment_url": .text(url)]) { $1 })
        #expect(cloud.enrolment == .bySelf(url: url))
    }
}
