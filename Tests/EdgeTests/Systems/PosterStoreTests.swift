import CountertopClient
import Foundation
import Systems
import TestServers
import Testing
import Wire

@testable import Edge

/// What a store tells Poster of open orders and of cards, and what is left of it when Poster does not take it.
@Suite(.timeLimit(.minutes(2))) struct PosterStoreTests {
    private static let more: [String: SystemSettings.Value] = [
        "schedule": .text("every 60 minutes"), "orders.spot": .text("4"), "orders.tablets": .table(["1": "7"]),
    ]

    /// The clients that Poster was asked to put into orders, in the order of the asking.
    private func told(_ store: PosterStore) async throws -> [String] {
        try await store.server.requests().filter { $0.path.contains("changeClient") && !$0.path.contains("Bonus") }
            .compactMap { $0.body.split(separator: "&").first { $0.hasPrefix("client_id=") }.map(String.init) }
    }

    private func orderEntries(_ edge: CountertopConnection) async throws -> [OutboxEntry] {
        try await edge.outbox.list().entries.filter { $0.kind == "order_customer" }
    }

    @Test(
        "Of the customers of one open order Poster is told of the one who came last, and of none before him, after a restart either"
    )
    func lastOfOrder() async throws {
        let (directory, clock) = (try TemporaryDirectory(), MovedClock())
        let server = try await PosterStore.server(PosterStore.Books(.kari, .ola))
        try await PosterStore.with(directory: directory, server: server, time: clock.time, Self.more) { store in
            try await store.rig.withTill { edge in
                let kari = try await edge.customer(of: "CARD1")
                let ola = try await edge.customer(of: "CARD2")
                try await edge.lanes.openBasket(lane: "1", basket: "B1", order: "5521")
                try await server.misbehave("status:503")
                try await edge.lanes.attachCustomer(lane: "1", basket: "B1", customer: kari)
                try await edge.eventually("Poster has failed once") { edge in
                    try await orderEntries(edge).first.map { $0.attempts == 1 && $0.state == .pending } ?? false
                }
                // The clock stands still, so that only what is new is tried.
                try await edge.lanes.attachCustomer(lane: "1", basket: "B1", customer: ola, replace: true)
                try await edge.eventually("nothing waits") { try await orderEntries($0).isEmpty }
            }
        }
        try await PosterStore.with(directory: directory, server: server, Self.more) { store in
            try await store.rig.withTill { edge in
                try await edge.eventuallySent()
                // A later word of the same order is the next thing that Poster hears.
                try await edge.lanes.attachCustomer(
                    lane: "1", basket: "B1", customer: try await edge.customer(of: "CARD1"), replace: true)
                try await edge.eventuallySent()
            }
            #expect(try await told(store) == ["client_id=1", "client_id=2", "client_id=1"])
            #expect(try await store.books.orders.map { $0["client_id"] } == ["1"])
        }
    }

    @Test(
        "Of a client who leaves the basket Poster is not told any more; one of whom it was told is a person's to take off"
    )
    func leavesOrder() async throws {
        try await PosterStore.with(Self.more) { store in
            try await store.rig.withTill { edge in
                let kari = try await edge.customer(of: "CARD1")
                try await edge.lanes.openBasket(lane: "1", basket: "B1", order: "5521")
                try await edge.lanes.attachCustomer(lane: "1", basket: "B1", customer: kari)
                try await edge.eventuallySent()
                try await edge.lanes.detachCustomer(lane: "1", basket: "B1")
                try await edge.eventually("a person is told") { edge in
                    try await orderEntries(edge).map(\.state) == [.refused]
                }
                let entry = try #require(try await orderEntries(edge).first)
                #expect(entry.reason.contains("5521") && entry.reason.contains("register"))
                #expect(try await edge.health.check().findings.contains { $0.reason == "OUTBOX_HELD" })
                // Somebody comes in his place: there is nothing left to do at the register.
                try await edge.lanes.attachCustomer(lane: "1", basket: "B1", customer: kari)
                try await edge.eventuallySent()
                try await edge.lanes.closeBasket(lane: "1", basket: "B1", closing: Closing(outcome: .voided))

                try await store.server.setDown(true)
                try await edge.lanes.openBasket(lane: "1", basket: "B2", order: "5522")
                try await edge.lanes.attachCustomer(lane: "1", basket: "B2", customer: kari)
                try await edge.lanes.detachCustomer(lane: "1", basket: "B2")
                try await edge.eventually("nothing is left to tell") { edge in
                    try await orderEntries(edge).map(\.state) == [.refused]
                }
                try await store.server.setDown(false)
            }
            #expect(try await store.books.orders.map { $0["transaction_id"] } == ["5521"])
            #expect(try await told(store) == ["client_id=1", "client_id=1"])
        }
    }

    @Test(
        "A linked card that Poster refuses, or that somebody gives up, is nobody's at once; told anew, it is its customer's"
    )
    func linkedCardEnds() async throws {
        try await PosterStore.with(Self.more) { store in
            try await store.rig.withTill { edge in
                let kari = try await edge.customer(of: "CARD1")
                let resolved = { (code: String) in try await edge.customers.resolve(code: code).customer?.id }
                try await store.server.misbehave("error:44")
                let refused = try await edge.changes.linkCard(Array("LINKED-1".utf8), to: kari)
                try await edge.eventually("Poster has refused it") {
                    try await $0.changes.get(refused.id).state == .refused
                }
                try await edge.eventually("the card is nobody's") { _ in try await resolved("LINKED-1") == nil }
                try await store.server.setDown(true)
                try await edge.outbox.retry(refused.id)
                #expect(try await resolved("LINKED-1") == kari)
                let given = try await edge.changes.linkCard(Array("LINKED-2".utf8), to: kari)
                #expect(try await resolved("LINKED-2") == kari)
                try await edge.eventually("it is given up") { edge in
                    do {
                        _ = try await edge.outbox.drop(given.id, reason: "a slip")
                        return true
                    } catch {
                        guard (error as? CountertopError)?.reason == "ENTRY_MOVING" else { throw error }
                        return false
                    }
                }
                #expect(try await resolved("LINKED-2") == nil)
                #expect(try await resolved("LINKED-1") == kari)
            }
        }
    }

    @Test("Who joined at the till is known after a restart, even when the local copy never got him")
    func joinedIsKnown() async throws {
        let directory = try TemporaryDirectory()
        let server = try await PosterStore.server()
        try await PosterStore.with(directory: directory, server: server, Self.more) { store in
            try await store.rig.withTill { edge in
                _ = try await edge.customer(of: "CARD1")
                try await server.setDown(true)
                _ = try await edge.changes.join(
                    JoinRequest(name: "Nils Berg", phone: "99 00 00 02", card: Array("CARD9".utf8)))
            }
        }
        for name in try FileManager.default.contentsOfDirectory(atPath: directory.path)
        where name.hasPrefix("replica.db") {
            try FileManager.default.removeItem(atPath: directory.file(name))
        }
        // Twice: one who is known already is not made once more.
        for _ in 0..<2 {
            try await PosterStore.with(directory: directory, server: server, Self.more) { store in
                try await store.rig.withTill { edge in
                    let byPhone = try await edge.customers.resolve(code: "99000002")
                    #expect(byPhone.customer?.name == "Nils Berg")
                    #expect(try await edge.customers.resolve(code: "CARD9").customer?.id == byPhone.customer?.id)
                }
            }
        }
        try await server.setDown(false)
        try await PosterStore.with(directory: directory, server: server, Self.more) { store in
            try await store.rig.withTill { edge in
                try await edge.eventuallySent()
                try await edge.eventually("Poster gives him") { edge in
                    try await edge.customers.resolve(code: "CARD9").provenance?.source == "poster"
                }
                #expect(try await edge.customers.resolve(code: "99000002").kind == .customer)
            }
            #expect(try await store.books.clients.values.count { $0.phoneNumber == "4799000002" } == 1)
        }
    }

    @Test(
        "Whom Poster refuses is said to be refused until he is told anew, and who is given up is gone, after a restart too"
    )
    func joinEnds() async throws {
        let directory = try TemporaryDirectory()
        let server = try await PosterStore.server()
        try await PosterStore.with(directory: directory, server: server, Self.more) { store in
            try await store.rig.withTill { edge in
                _ = try await edge.customer(of: "CARD1")
                try await server.misbehave("error:44")
                let change = try await edge.changes.join(
                    JoinRequest(name: "Nils Berg", phone: "99 00 00 02", card: Array("CARD9".utf8)))
                let groups = { try await edge.customers.resolve(code: "CARD9").customer?.groups.map(\.id) }
                try await edge.eventually("the till is told of the refusal") { _ in
                    try await groups() == ["join-refused"]
                }
                #expect(try await edge.changes.get(change.id).state == .refused)
                try await server.setDown(true)
                try await edge.outbox.retry(change.id)
                try await edge.eventually("he is told anew") { _ in try await groups() == [] }
                try await edge.eventually("he is given up") { edge in
                    do {
                        let entry = try await edge.outbox.drop(change.id, reason: "he thought better of it")
                        return entry.state == .dropped
                    } catch {
                        guard (error as? CountertopError)?.reason == "ENTRY_MOVING" else { throw error }
                        return false
                    }
                }
                for code in ["CARD9", "99000002"] {
                    #expect(try await edge.customers.resolve(code: code).kind == .unknown)
                }
                let entry = try await edge.outbox.list(ListOutboxRequest(states: [.dropped])).entries.first
                #expect(entry?.reason == "he thought better of it")
                let again = try await edge.changes.get(change.id)
                #expect(again.state == .dropped)
            }
        }
        try await PosterStore.with(directory: directory, server: server, Self.more) { store in
            try await store.rig.withTill { edge in
                let found = try await edge.customers.resolve(code: "CARD9")
                let byPhone = try await edge.customers.resolve(code: "99000002")
                #expect(found.kind == .unknown && byPhone.kind == .unknown)
            }
        }
    }

    /// Books in which one client has points and another a discount of his own that is better than the group's.
    private static var twoGroups: PosterStore.Books {
        var ola = PosterStore.Client.ola
        (ola.clientGroupsId, ola.discountPer) = ("20", "15")
        var books = PosterStore.Books(.kari, ola)
        books.groups.append(
            PosterStore.Group(
                clientGroupsId: "20", clientGroupsName: "Discount", clientGroupsDiscount: "10", loyaltyType: "2"))
        return books
    }

    @Test("Without Poster its clients are found by card and by phone, with their terms and with the age of these")
    func loyaltyOffline() async throws {
        let clock = MovedClock()
        let server = try await PosterStore.server(Self.twoGroups)
        let more: [String: SystemSettings.Value] = [
            "allow": .texts([
                "first_name", "phone", "customer_card", "groups", "bonuses", "cashback_percent", "discount_percent",
            ])
        ]
        try await PosterStore.with(server: server, time: clock.time, more) { store in
            try await store.rig.withTill { edge in
                _ = try await edge.customer(of: "CARD1")
                try await server.setDown(true)
                clock.pass(.seconds(3_600))
                for (codes, points) in [(["CARD1", "41234567"], true), (["CARD2", "41234568"], false)] {
                    for code in codes {
                        let found = try await edge.customers.resolve(code: code)
                        let loyalty = try #require(found.customer?.loyalty)
                        #expect((found.provenance?.ageMs ?? 0) >= 3_600_000)
                        if points {
                            #expect(loyalty.bonusesHundredths == 1_250 && loyalty.cashbackBasisPoints == 500)
                            #expect(loyalty.discountBasisPoints == nil)
                        } else {
                            #expect(loyalty.discountBasisPoints == 1_500 && loyalty.bonusesHundredths == nil)
                        }
                    }
                }
            }
        }
    }

    @Test(
        "Bonuses that a sale has brought come to the till and to the display, and after a time without Poster as well")
    func bonusesOfSale() async throws {
        try await PosterStore.with(Self.more) { store in
            let earn = { (bonus: String) in
                var books = try await store.books
                books.clients["1"]?.bonus = bonus
                try await store.server.setState(books)
            }
            try await store.rig.withTill { edge in
                _ = try await edge.customer(of: "CARD1")
                try await edge.withLane("1", role: .observer) { lane in
                    var events = lane.makeAsyncIterator()
                    try await earn("1500")
                    try await edge.sell("S1", to: "CARD1", total: 10_000)
                    _ = try await events.nextState { $0.displayLines.contains { $0.hasPrefix("Bonuses 15") } }
                    #expect(
                        try await edge.customers.resolve(code: "CARD1").customer?.loyalty?.bonusesHundredths == 1_500)
                    try await store.server.setDown(true)
                    try await earn("1750")
                    try await edge.sell("S2", to: "CARD1", total: 10_000)
                    try await store.server.setDown(false)
                    // Nothing but the sale has the client read: all are listed once an hour.
                    try await edge.eventually("the sale's bonuses are here") { edge in
                        try await edge.customers.resolve(code: "CARD1").customer?.loyalty?.bonusesHundredths == 1_750
                    }
                }
            }
        }
    }

    @Test("A card that is made while Poster goes away works at once, and Poster learns of it when it is back")
    func cardsOffline() async throws {
        var ola = PosterStore.Client.ola
        ola.cardNumber = "0"
        let server = try await PosterStore.server(PosterStore.Books(ola))
        let directory = try TemporaryDirectory()
        var more = Self.more
        more["templates"] = .table(["points": "10"])
        more["cards.key"] = .text(try StoreProcess.secret("cards of nordmat", in: directory.path, named: "cards"))
        // The groups and the clients are listed; what follows is the card, which Poster does not take.
        try await server.misbehave("", "", "status:503")
        try await PosterStore.with(directory: directory, server: server, more) { store in
            try await store.rig.withTill { edge in
                let id = try await edge.customer(of: "41234568")
                try await server.setDown(true)
                let identifiers = try await edge.customers.get(id: id).customer?.identifiers ?? []
                let card = try #require(identifiers.first { $0.type == .customerCard }?.value)
                #expect(card.hasPrefix("29") && card.utf8.count == 13)
                #expect(try await edge.customers.resolve(code: card).customer?.id == id)
                #expect(try await edge.outbox.list().entries.map(\.kind) == ["card"])
                try await server.setDown(false)
                try await edge.eventuallySent()
                #expect(try await store.books.clients["2"]?.cardNumber == card)
            }
        }
    }
}
