import CountertopClient
import Foundation
import TestServers
import Testing
import Wire

@testable import Edge

/// A day in a store with Custobar: benefits, permissions, sales, somebody who joins; an hour without it, a power cut; at the end
/// Custobar's books are the store's.
@Suite(.timeLimit(.minutes(5))) struct CustobarDayTests {
    private struct Benefit: Codable { var id: String, title: String, uses: Int }

    private struct Customer: Codable {
        var externalId: String
        var phoneNumber: String
        var firstName: String?
        var canEmail: Bool?
        var canSms: Bool?
        var benefits: [Benefit]?
    }

    private struct State: Codable {
        struct Sale: Codable { var saleExternalId: String, total: String }
        struct Event: Codable { var type: String, benefitId: String?, phoneNumber: String? }
        var customers: [String: Customer] = [:]
        var sales: [String: Sale] = [:]
        var events: [String: Event] = [:]
    }

    @Test(
        "A day with Custobar: benefits are used once, and sales, permissions and new customers reach it, through an hour offline and a power cut"
    )
    func day() async throws {
        let server = try await SystemServer("custobar", snakeCase: true)
        let kari = Customer(
            externalId: "k1", phoneNumber: "+4741234567", firstName: "Kari", canEmail: true,
            benefits: [Benefit(id: "coffee", title: "Coffee", uses: 1), Benefit(id: "bag", title: "Bag", uses: 0)])
        try await server.setState(State(customers: ["k1": kari]))
        let secrets = try TemporaryDirectory()
        let key = try StoreProcess.secret("k3y", in: secrets.path, named: "key")
        let store = try StoreProcess(
            systems: """
                  - name: custobar
                    kind: custobar
                    url: \(server.base)/api
                    key: \(key)
                    schedule: every 5 seconds
                    allow: [name, first_name, phone, permissions, benefits]
                """)
        try store.start()
        let phone = "41234567"
        var reserved = Redemption()
        try await store.withTill { edge in
            try await edge.eventually("Kari is known") { try await $0.customers.resolve(code: phone).customer != nil }
            let customer = try #require(try await edge.customers.resolve(code: phone).customer)
            #expect(try await edge.customers.get(id: customer.id).customer?.permissions.map(\.name) == ["email"])
            // Online: a benefit is listed live and used once.
            let listed = try await edge.benefits.list(customer: customer.id)
            #expect(listed.benefits.map(\.id) == ["coffee", "bag"] && listed.provenance?.source == "custobar")
            let use = try await edge.benefits.reserve("coffee", of: customer.id, lane: "1", basket: "S1")
            try await edge.benefits.redeem(use.id, lane: "1")
            let again = await #expect(throws: CountertopError.self) {
                try await edge.benefits.reserve("coffee", of: customer.id, lane: "2", basket: "S2")
            }
            #expect(again?.reason == "BENEFIT_USED")
            try await edge.sell("S1", to: phone, total: 4_990)
            try await edge.eventuallySent()

            // The internet is gone.
            try await server.setDown(true)
            let known = try await edge.benefits.list(customer: customer.id)
            #expect(known.benefits.map(\.id) == ["coffee", "bag"])
            let permissions = try await edge.customers.get(id: customer.id).customer?.permissions ?? []
            #expect(permissions.map(\.name) == ["email"] && permissions.map(\.granted) == [true])
            try await edge.benefits.release(use.id, lane: "1")
            let limited = await #expect(throws: CountertopError.self) {
                try await edge.benefits.reserve("coffee", of: customer.id, lane: "2", basket: "S3")
            }
            #expect(limited?.reason == "SYSTEM_AWAY")
            reserved = try await edge.benefits.reserve("bag", of: customer.id, lane: "2", basket: "S3")
            try await edge.benefits.redeem(reserved.id, lane: "2")
            _ = try await edge.changes.setPermission("sms", granted: true, text: "SMS?", customer: customer.id)
            _ = try await edge.changes.join(JoinRequest(name: "Nils", phone: "99000001"))
            try await edge.sell("S3", to: phone, lane: "2", total: 1_000)
        }
        store.kill()
        try store.start()
        try await store.withTill { edge in
            try await edge.benefits.redeem(reserved.id, lane: "2")
            try await server.misbehave("after:hang")
            try await server.setDown(false)
            try await edge.eventuallySent()
            try await edge.eventually("the permission came back") { edge in
                guard let id = try await edge.customers.resolve(code: phone).customer?.id else { return false }
                let permissions = try await edge.customers.get(id: id).customer?.permissions ?? []
                return permissions.contains { $0.name == "sms" && $0.granted }
            }
        }
        let books = try await server.state(State.self)
        #expect(Set(books.sales.values.map(\.saleExternalId)) == ["S1", "S3"] && books.sales.count == 2)
        let uses = books.events.values.map { "\($0.type) \($0.benefitId ?? "")" }.sorted()
        #expect(
            uses == [
                "BENEFIT_RELEASED coffee", "BENEFIT_USED bag", "BENEFIT_USED coffee", "JOINED_AT_TILL ",
                "PERMISSION_CHANGED ",
            ])
        #expect(books.customers["k1"]?.canSms == true && books.customers["k1"]?.canEmail == true)
        #expect(books.customers.values.contains { $0.phoneNumber == "+4799000001" })
        for secret in ["k3y", "Kari", "41234567", "99000001"] {
            #expect(!store.log.contains(secret), "\(secret) is in the log")
        }
    }
}
