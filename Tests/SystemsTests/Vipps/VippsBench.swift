import Foundation
import TestServers

@testable import Systems

/// Vipps of the tests' servers, and a connector to it.
struct VippsBench {
    struct Login: Decodable {
        let number: String
        let scope: String
        let polls: [Double]
        let binding: String
    }

    struct CheckIn: Decodable, Equatable {
        let phoneNumber: String
        let isMember: Bool
    }

    struct Books: Decodable {
        let tokens: [String]
        let exchanges: [String]
        let logins: [String: Login]
        let checkins: [CheckIn]
        let profiles: [String]
    }

    struct Person: Encodable {
        var sub = "sub-1"
        var name = "Kari Nordås"
        var givenName = "Kari"
        var familyName = "Nordås"
        var email = "kari.nordas@example.com"
        var verdict = "agree"

        enum CodingKeys: String, CodingKey {
            case sub, name, email, verdict
            case givenName = "given_name"
            case familyName = "family_name"
        }
    }

    let bench: SystemBench
    let connector: VippsConnector

    /// - Parameter tls: whether Vipps has a certificate, one that nobody knows.
    init(_ change: [String: SystemSettings.Value] = [:], tls: Bool = false) async throws {
        bench = try await SystemBench("vipps", tls: tls)
        let values: [String: SystemSettings.Value] = [
            "url": .text(bench.server.base), "client_id": .text("client-1"),
            "client_secret": .text(try bench.credential("s3cret")),
            "subscription_key": .text(try bench.credential("subscription-1", named: "key")),
            "merchant_serial_number": .text("123456"), "exchange_seconds": .integer(2),
        ]
        let settings = SystemSettings(name: "vipps", kind: "vipps", values: values.merging(change) { $1 })
        connector = try VippsConnector(settings, try bench.tools())
    }

    var books: Books { get async throws { try await bench.server.state() } }
}
