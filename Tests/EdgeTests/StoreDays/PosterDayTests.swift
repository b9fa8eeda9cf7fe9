import CountertopClient
import Foundation
import TestServers
import Testing
import Wire

@testable import Edge

/// A day in a store with Poster: tills, an hour without it, a power cut; at the end Poster's books are the store's.
@Suite(.timeLimit(.minutes(5))) struct PosterDayTests {
    private func balance(_ edge: CountertopConnection, _ card: String) async throws -> Int64? {
        try await edge.customers.resolve(code: card).customer?.loyalty?.bonusesHundredths
    }

    @Test(
        "A day with Poster: bonuses, corrections and new customers reach it once, through an hour offline and a power cut"
    )
    func day() async throws {
        var ola = PosterStore.Client.ola
        ola.cardNumber = "0"
        let server = try await PosterStore.server(PosterStore.Books(.kari, ola))
        let secrets = try TemporaryDirectory()
        let token = try StoreProcess.secret("nordmat:abc123", in: secrets.path, named: "token")
        let cardsKey = try StoreProcess.secret("cards of nordmat", in: secrets.path, named: "cards")
        let store = try StoreProcess(
            systems: """
                  - name: poster
                    kind: poster
                    url: \(server.base)/api
                    token: \(token)
                    schedule: every 5 seconds
                    refresh_seconds: 0
                    allow: [name, first_name, phone, email, customer_card, groups, bonuses, cashback_percent]
                    new_customers_group: "10"
                    bonuses: {write_unit: whole}
                    orders: {spot: "1", tablets: {"1": "11", "2": "12"}}
                    templates: {points: "10"}
                    cards: {key: \(cardsKey)}
                """)
        try store.start()
        let change = OperationID()
        var offlineID: UInt64 = 0
        try await store.withTill { edge in
            try await edge.eventually("Kari is known") { try await $0.customers.resolve(code: "CARD1").customer != nil }
            // Online: bonuses are taken off, and the till sees the new balance.
            let customer = try #require(try await edge.customers.resolve(code: "CARD1").customer)
            #expect(customer.loyalty?.cashbackBasisPoints == 500)
            let answer = try await edge.changes.changeBonuses(customer: customer.id, hundredths: -250)
            try await edge.eventually("the change is sent") { try await $0.changes.get(answer.id).state == .sent }
            try await edge.eventually("the balance is new") { try await balance($0, "CARD1") == 1_000 }
            let tooMuch = await #expect(throws: CountertopError.self) {
                try await edge.changes.changeBonuses(customer: customer.id, hundredths: -100_000)
            }
            #expect(tooMuch?.reason == "BALANCE_TOO_SMALL")
            // An order closes in Poster, and brings bonuses.
            try await edge.sell("S1", to: "CARD1", total: 10_000)
            var state = try await server.state(PosterStore.Books.self)
            state.clients["1"]?.bonus = "1500"
            try await server.setState(state)
            try await edge.eventually("the sale's bonuses are here") { try await balance($0, "CARD1") == 1_500 }

            // A till has an order open there, and names it: whoever is scanned into the basket is put into it.
            try await edge.lanes.openBasket(lane: "2", basket: "S1b", order: "771")
            _ = try await edge.lanes.attachCustomer(lane: "2", basket: "S1b", customer: customer.id)
            try await edge.eventuallySent()
            #expect(try await server.state(PosterStore.Books.self).orders.map { $0["transaction_id"] } == ["771"])
            try await edge.lanes.closeBasket(lane: "2", basket: "S1b", closing: Closing(outcome: .voided))

            // The internet is gone.
            try await server.setDown(true)
            #expect(try await balance(edge, "CARD1") == 1_500)
            let away = await #expect(throws: CountertopError.self) {
                try await edge.changes.changeBonuses(customer: customer.id, hundredths: -100)
            }
            #expect(away?.reason == "SYSTEM_AWAY")
            let queued = try await edge.changes.changeBonuses(
                customer: customer.id, hundredths: 300, operation: change)
            #expect([.pending, .sending].contains(queued.state))
            offlineID = queued.id
            _ = try await edge.changes.correct(
                CorrectCustomerRequest(customer: customer.id, email: "kari@example.no"))
            _ = try await edge.changes.join(
                JoinRequest(name: "Nils Berg", phone: "99 00 00 01", card: Array("CARD9".utf8)))
            try await edge.sell("S2", to: "CARD1", total: 5_000)
            // The order is said while nobody is in the basket yet, and once more after the power cut.
            try await edge.lanes.openBasket(lane: "2", basket: "S3", order: "772")
            _ = try await edge.lanes.attachCustomer(lane: "2", basket: "S3", customer: customer.id)
        }
        store.kill()
        try store.start()
        try await store.withTill { edge in
            // The same change is asked for again, because the till does not know that it was taken.
            let customer = try #require(try await edge.customers.resolve(code: "CARD1").customer)
            _ = try await edge.changes.changeBonuses(customer: customer.id, hundredths: 300, operation: change)
            try await edge.lanes.openBasket(lane: "2", basket: "S3", order: "772")
            try await server.misbehave("after:hang")
            try await server.setDown(false)
            try await edge.eventuallySent()
            #expect(try await edge.changes.get(offlineID).state == .sent)
            try await edge.eventually("the balance is new") { try await balance($0, "CARD1") == 1_800 }
            try await edge.eventually("Nils is known") {
                try await $0.customers.resolve(code: "CARD9").customer?.firstName == "Nils"
            }
            let systems = try await edge.systems.list()
            #expect(systems.map(\.state) == [.answering])
        }
        let books = try await server.state(PosterStore.Books.self)
        #expect(books.clients["1"]?.bonus == "1800" && books.clients["1"]?.email == "kari@example.no")
        #expect(books.clients.values.filter { $0.phoneNumber == "4799000001" }.count == 1)
        #expect(books.clients["2"]?.cardNumber.hasPrefix("29") == true)
        #expect(books.changes.compactMap { $0["count"] } == ["-2.50", "3"])
        let order = ["spot_id": "1", "spot_tablet_id": "12", "client_id": "1"]
        #expect(
            books.orders == ["771", "772"].map { number in order.merging(["transaction_id": number]) { $1 } })
        for secret in ["abc123", "Nordmann", "41234567", "99000001", "kari@example"] {
            #expect(!store.log.contains(secret), "\(secret) is in the log")
        }
    }
}
