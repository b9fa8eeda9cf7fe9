import Customers
import Foundation
import TestServers

@testable import Systems

/// Poster with three clients, and a connector to it.
struct PosterRig {
    struct Client: Codable {
        var clientId: String
        var firstname: String
        var lastname = ""
        var patronymic = ""
        var discountPer = "0"
        var bonus = "0"
        var phone = ""
        var phoneNumber: String
        var email = ""
        var birthday = "0000-00-00"
        var cardNumber = "0"
        var clientGroupsId: String
        var delete = "0"
        var totalPayedSum = "0"

        init(id: String, name: String, phone: String, group: String = "10") {
            clientId = id
            firstname = name
            phoneNumber = phone
            clientGroupsId = group
        }
    }

    struct Group: Codable {
        var clientGroupsId: String
        var clientGroupsName: String
        var clientGroupsDiscount: String
        var loyaltyType: String
        var delete = "0"
    }

    struct State: Codable {
        var clients: [String: Client]
        var groups = [
            Group(clientGroupsId: "10", clientGroupsName: "Points", clientGroupsDiscount: "5", loyaltyType: "1"),
            Group(
                clientGroupsId: "20", clientGroupsName: "Discount", clientGroupsDiscount: "10", loyaltyType: "2"),
        ]
    }

    let bench: SystemBench
    let drafts = PostedDrafts()
    var server: SystemServer { bench.server }

    init() async throws {
        bench = try await SystemBench("poster", snakeCase: true)
        var kari = Client(id: "1", name: "Kari", phone: "4741234567")
        (kari.lastname, kari.bonus, kari.cardNumber) = ("Nordmann", "1250", "2900000000018")
        var ola = Client(id: "2", name: "Ola", phone: "", group: "20")
        (ola.lastname, ola.discountPer, ola.cardNumber) = ("Ås", "15", "2900000000025")
        var nina = Client(id: "3", name: "Nina", phone: "4741234569")
        nina.delete = "1"
        try await server.setState(State(clients: ["1": kari, "2": ola, "3": nina]))
    }

    /// - Parameter rows: of a page of the listing.
    func connector(
        _ more: [String: SystemSettings.Value] = [:], rows: Int = PosterLimits.pageRows
    ) throws -> PosterConnector {
        var values: [String: SystemSettings.Value] = [
            "url": .text(server.base + "/api"), "token": .text(try bench.credential("nordmat:abc123", named: "token")),
            "allow": .texts(
                ["name", "first_name", "phone", "customer_card", "groups", "discount_percent", "bonuses"]),
            "new_customers_group": .text("10"),
        ]
        values.merge(more) { $1 }
        var tools = try bench.tools()
        tools.outbox = { [drafts] in drafts.post($0) }
        let settings = SystemSettings(name: "poster", kind: "poster", values: values)
        return try PosterConnector(settings, tools, rows: rows)
    }

    func clients() async throws -> [String: Client] { try await server.state(State.self).clients }

    func client(_ id: String) async throws -> Client {
        guard let client = try await clients()[id] else { throw SystemsError(.broken, "Poster has no client \(id).") }
        return client
    }

    func change(_ id: String, _ change: (inout Client) -> Void) async throws {
        var state = try await server.state(State.self)
        if var client = state.clients[id] {
            change(&client)
            state.clients[id] = client
        }
        try await server.setState(state)
    }
}

extension SourcePage {
    var records: [CustomerRecord] {
        changes.compactMap { if case .upsert(let record) = $0 { record } else { nil } }
    }
}
