import CountertopClient
import Foundation
import Systems
import TestServers

@testable import Edge

/// A store whose customers are clients of Poster, and the books of both.
struct PosterStore {
    struct Client: Codable {
        var clientId: String
        var firstname: String
        var lastname = "Nordmann"
        var patronymic = ""
        var discountPer = "0"
        var bonus = "1250"
        var phone = ""
        var phoneNumber: String
        var email = ""
        var cardNumber: String
        var clientGroupsId = "10"
        var delete = "0"

        static let kari = Client(clientId: "1", firstname: "Kari", phoneNumber: "4741234567", cardNumber: "CARD1")
        static let ola = Client(clientId: "2", firstname: "Ola", phoneNumber: "4741234568", cardNumber: "CARD2")
    }

    struct Group: Codable {
        var clientGroupsId = "10"
        var clientGroupsName = "Points"
        var clientGroupsDiscount = "5"
        var loyaltyType = "1"
        var delete = "0"
    }

    struct Books: Codable {
        var clients: [String: Client]
        var groups = [Group()]
        var changes: [[String: String]] = []
        var orders: [[String: String]] = []

        init(_ clients: Client...) {
            self.clients = Dictionary(uniqueKeysWithValues: clients.map { ($0.clientId, $0) })
        }
    }

    let rig: StoreRig
    let server: SystemServer

    var books: Books { get async throws { try await server.state() } }

    /// Poster with these books.
    static func server(_ books: Books = Books(.kari)) async throws -> SystemServer {
        let server = try await SystemServer("poster", snakeCase: true)
        try await server.setState(books)
        return server
    }

    /// - Parameter directory: where the token is kept.
    static func settings(
        _ server: SystemServer, in directory: TemporaryDirectory, _ more: [String: SystemSettings.Value] = [:]
    ) throws -> SystemSettings {
        var values: [String: SystemSettings.Value] = [
            "url": .text("\(server.base)/api"), "schedule": .text("every 5 seconds"),
            "token": .text(try StoreProcess.secret("nordmat:abc123", in: directory.path, named: "token")),
            "refresh_seconds": .integer(0), "bonuses.write_unit": .text("whole"), "new_customers_group": .text("10"),
            "allow": .texts(["name", "first_name", "phone", "email", "customer_card", "groups", "bonuses"]),
        ]
        values.merge(more) { $1 }
        return SystemSettings(name: "poster", kind: "poster", values: values)
    }

    /// Runs an edge with Poster.
    static func with<Result>(
        directory: TemporaryDirectory? = nil, server: SystemServer? = nil, time: StoreTime = .real,
        _ more: [String: SystemSettings.Value] = [:], _ body: (PosterStore) async throws -> Result
    ) async throws -> Result {
        let directory = try directory ?? TemporaryDirectory()
        let outside: SystemServer
        if let server { outside = server } else { outside = try await Self.server() }
        let system = try settings(outside, in: directory, more)
        return try await StoreRig.with(directory: directory, time: time) {
            $0.sampleStore = false
            $0.systems = [system]
        } _: { rig in
            try await body(PosterStore(rig: rig, server: outside))
        }
    }
}

extension CountertopConnection {
    /// The id of the customer with a code, once the local copy has him.
    func customer(of code: String) async throws -> String {
        var id: String?
        try await eventually("the customer of \(code) is known") { edge in
            id = try await edge.customers.resolve(code: code).customer?.id
            return id != nil
        }
        guard let id else { throw RigError(description: "Nobody has \(code).") }
        return id
    }
}
