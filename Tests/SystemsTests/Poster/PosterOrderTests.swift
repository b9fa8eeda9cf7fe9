import Customers
import Journal
import TestServers
import Testing

@testable import Systems

@Suite(.timeLimit(.minutes(2))) struct PosterOrderTests {
    private static let kari = CustomerAddress(externalIDs: ["other:1", "poster:1"], phone: "+4741234567")
    private static let whole: [String: SystemSettings.Value] = ["bonuses.write_unit": .text("whole")]

    @Test("Somebody who joins becomes a client of the group, once, however often Poster is told")
    func create() async throws {
        let rig = try await PosterRig()
        let connector = try rig.connector()
        let order = SystemOrder.newCustomer(
            NewCustomer(name: "Nils Berg", phone: "+4799000001", email: "nils@example.no", card: "CARD9"))
        try await rig.server.misbehave("", "after:hang")
        guard case .retry = await connector.deliver(.holding(order)) else {
            Issue.record("A lost answer is no reason to try again")
            return
        }
        #expect(await connector.deliver(.holding(order)) == .done)
        let made = try await rig.clients().values.filter { $0.phoneNumber == "4799000001" }
        #expect(made.map(\.firstname) == ["Nils"] && made.map(\.cardNumber) == ["CARD9"])
        #expect(made.map(\.clientGroupsId) == ["10"])
        let nobody = SystemOrder.newCustomer(NewCustomer(name: "Nils", email: "nils@example.no"))
        guard case .refused = await connector.deliver(.holding(nobody)) else {
            Issue.record("A client without a phone number was taken")
            return
        }
    }

    @Test(
        "A correction changes what nobody else has corrected; of what somebody has, the configuration says who is right"
    )
    func conflicts() async throws {
        let rig = try await PosterRig()
        let order = SystemOrder.customerChange(
            CustomerEdit(
                customer: Self.kari, before: [.name: "Kari Nordmann", .email: ""],
                after: [.name: "Kari Nord", .email: "kari@example.no"]))
        try await rig.change("1") { $0.email = "k@example.no" }
        #expect(await (try rig.connector()).deliver(.holding(order)) == .done)
        var client = try await rig.client("1")
        #expect(client.lastname == "Nord" && client.email == "k@example.no")
        let store = try rig.connector(["conflicts": .text("store")])
        #expect(await store.deliver(.holding(order)) == .done)
        client = try await rig.client("1")
        #expect(client.email == "kari@example.no")
    }

    /// Delivers a change of bonuses and its further steps until nothing follows.
    private func deliver(
        _ hundredths: Int64, _ connector: PosterConnector, _ rig: PosterRig
    ) async -> (deliveries: [Delivery], last: OutboxEntry) {
        var entry = OutboxEntry.holding(.bonusChange(BonusChange(customer: Self.kari, hundredths: hundredths)))
        var deliveries = [await connector.deliver(entry)]
        while let next = rig.drafts.all.first(where: { BonusStep(operation: $0.operation)?.number == deliveries.count })
        {
            entry = OutboxEntry(
                id: entry.id + 1, system: next.system, kind: next.kind, operation: next.operation,
                subject: next.subject, payload: next.payload, standing: entry.standing)
            deliveries.append(await connector.deliver(entry))
        }
        return (deliveries, entry)
    }

    @Test("Bonuses are changed in the unit of the setting, without an echo, after the balance was written down")
    func bonuses() async throws {
        let rig = try await PosterRig()
        let connector = try rig.connector(Self.whole)
        let (deliveries, last) = await deliver(-250, connector, rig)
        #expect(deliveries == [.done, .done])
        #expect(try await rig.client("1").bonus == "1000")
        #expect(
            SystemOrder(payload: last.payload)
                == .bonusChange(BonusChange(customer: Self.kari, hundredths: -250, before: 1_250)))
        #expect(BonusStep(operation: last.operation)?.root == 1)
        let change = try #require(try await rig.server.requests().last { $0.path == "/api/clients.changeClientBonus" })
        #expect(change.body == "client_id=1&count=-2.50&block_webhook=true")
    }

    @Test(
        "When nobody knows whether bonuses were changed, the balance tells, and they are never changed twice",
        arguments: [("after:hang", true), ("hang", false), ("after:status:500", true), ("half", false)])
    func unknown(_ misdeed: String, _ isDone: Bool) async throws {
        let rig = try await PosterRig()
        let connector = try rig.connector(Self.whole)
        let order = SystemOrder.bonusChange(BonusChange(customer: Self.kari, hundredths: 100, before: 1_250))
        #expect(!connector.isRepeatable(.holding(order)))
        try await rig.server.misbehave("", misdeed)
        guard case .unknown = await connector.deliver(.holding(order)) else {
            Issue.record("A lost answer is taken for one")
            return
        }
        try await rig.server.misbehave("hang", "hang")
        guard case .unknown = await connector.check(.holding(order)) else {
            Issue.record("Silence is taken for an answer")
            return
        }
        let check = await connector.check(.holding(order))
        if isDone {
            #expect(check == .done)
        } else {
            guard case .retry = check else {
                Issue.record("What was not done is not done again")
                return
            }
            #expect(await connector.deliver(.holding(order)) == .done)
        }
        #expect(try await rig.client("1").bonus == "1350")
        try await rig.change("1") { $0.bonus = "9000" }
        guard case .unknown = await connector.check(.holding(order)) else {
            Issue.record("A balance that fits neither is taken for one that does")
            return
        }
    }

    @Test("A balance that moved meanwhile is written down anew before it is changed")
    func moved() async throws {
        let rig = try await PosterRig()
        let connector = try rig.connector(Self.whole)
        let order = SystemOrder.bonusChange(BonusChange(customer: Self.kari, hundredths: 100, before: 1_000))
        #expect(await connector.deliver(.holding(order)) == .done)
        #expect(try await rig.client("1").bonus == "1250")
        #expect(rig.drafts.orders == [.bonusChange(BonusChange(customer: Self.kari, hundredths: 100, before: 1_250))])
    }

    @Test("Without a unit nothing is changed, and with a wrong one nothing after the first change")
    func units() async throws {
        let rig = try await PosterRig()
        let order = SystemOrder.bonusChange(BonusChange(customer: Self.kari, hundredths: 100, before: 1_250))
        guard case .refused(let reason) = await (try rig.connector()).deliver(.holding(order)) else {
            Issue.record("Bonuses were changed in a unit that nobody knows")
            return
        }
        #expect(reason.contains("bonuses.write_unit"))
        let wrong = try rig.connector(["bonuses.write_unit": .text("hundredths")])
        guard case .refused = await wrong.deliver(.holding(order)) else {
            Issue.record("A wrong unit is not seen")
            return
        }
        let next = SystemOrder.bonusChange(BonusChange(customer: Self.kari, hundredths: 100, before: 11_250))
        guard case .refused = await wrong.deliver(.holding(next)) else {
            Issue.record("A wrong unit is used again")
            return
        }
        #expect(try await rig.client("1").bonus == "11250")
    }

    @Test(
        "Clients of a template's group who have a phone number get a card, the same in every store, and Poster learns of it"
    )
    func cards() async throws {
        let rig = try await PosterRig()
        try await rig.change("1") { $0.cardNumber = "0" }
        let settings: [String: SystemSettings.Value] = [
            "templates": .table(["gold": "10"]), "cards.key": .text(try rig.bench.credential("shared", named: "key")),
        ]
        let connector = try rig.connector(settings)
        let page = try await connector.source.page(after: nil)
        let card = try #require(page.records[0].identifiers.first { $0.type == .customerCard }?.value)
        #expect(card.count == 13 && card.hasPrefix("29"))
        let again = try await (try rig.connector(settings)).source.page(after: nil)
        #expect(again.records[0].identifiers.contains { $0.value == card })
        let orders = rig.drafts.orders
        #expect(orders == [.card(CardBinding(customer: CustomerAddress(externalIDs: ["poster:1"]), card: card))])
        #expect(await connector.deliver(.holding(orders[0])) == .done)
        #expect(try await rig.client("1").cardNumber == card)
    }

    @Test(
        "A card that the outbox does not take is made again: the client is not taken before Poster is sure to learn of it"
    )
    func outboxFull() async throws {
        let rig = try await PosterRig()
        try await rig.change("1") { $0.cardNumber = "0" }
        let connector = try rig.connector([
            "templates": .table(["gold": "10"]), "cards.key": .text(try rig.bench.credential("k", named: "key")),
        ])
        rig.drafts.setFull(true)
        let error = await #expect(throws: SystemsError.self) { try await connector.source.page(after: nil) }
        #expect(error?.code == .unavailable)
        rig.drafts.setFull(false)
        #expect(try await connector.source.page(after: nil).records.count == 2)
        #expect(rig.drafts.orders.count == 1)
    }

    private struct Orders: Decodable { var orders: [[String: String]] }

    @Test("A customer who comes into an order that Poster has open is put into it, at the lane's register")
    func openOrder() async throws {
        let rig = try await PosterRig()
        let connector = try rig.connector(["orders.spot": .text("4"), "orders.tablets": .table(["1": "7"])])
        let order = SystemOrder.orderCustomer(OrderCustomer(order: "5521", lane: "1", customer: Self.kari))
        #expect(connector.takes(order) && connector.isRepeatable(.holding(order)))
        #expect(!connector.takes(.orderCustomer(OrderCustomer(order: "5521", lane: "2", customer: Self.kari))))
        #expect(await connector.deliver(.holding(order)) == .done)
        let orders = try await rig.server.state(Orders.self).orders
        #expect(orders == [["spot_id": "4", "spot_tablet_id": "7", "transaction_id": "5521", "client_id": "1"]])
        try await rig.server.setState(["closed": ["5522"]])
        let closed = SystemOrder.orderCustomer(OrderCustomer(order: "5522", lane: "1", customer: Self.kari))
        guard case .refused(let reason) = await connector.deliver(.holding(closed)) else {
            Issue.record("An order that is closed was taken for open")
            return
        }
        #expect(reason.contains("5522"))
        #expect(throws: SettingFault.self) { try rig.connector(["orders.spot": .text("4")]) }
    }

    @Test("Nobody is taken out of an order: Poster is asked nothing, and a person is told what to do at the register")
    func leftOrder() async throws {
        let rig = try await PosterRig()
        let connector = try rig.connector(["orders.spot": .text("4"), "orders.tablets": .table(["1": "7"])])
        let order = SystemOrder.orderCustomer(OrderCustomer(order: "5521", lane: "1", customer: nil))
        #expect(connector.takes(order))
        guard case .refused(let reason) = await connector.deliver(.holding(order)) else {
            Issue.record("A client was taken out of an order, for which there is no call")
            return
        }
        #expect(reason.contains("5521") && reason.contains("register"))
        #expect(try await rig.server.requests().isEmpty)
    }

    @Test("What the store told comes back as it is, and leads to nothing that is told again")
    func noEcho() async throws {
        let rig = try await PosterRig()
        let connector = try rig.connector([
            "templates": .table(["gold": "10"]), "cards.key": .text(try rig.bench.credential("k", named: "key")),
        ])
        let first = try await connector.source.page(after: nil)
        let order = SystemOrder.customerChange(
            CustomerEdit(customer: Self.kari, before: [.name: "Kari Nordmann"], after: [.name: "Kari Nord"]))
        #expect(await connector.deliver(.holding(order)) == .done)
        let echo = try await connector.source.page(after: first.cursor)
        #expect(echo.records.map(\.name) == ["Kari Nord"])
        #expect(rig.drafts.all.isEmpty)
        #expect(try await connector.source.page(after: echo.cursor).changes.isEmpty)
    }

    @Test("The numbers of cards are no two the same")
    func numbers() {
        let maker = PosterCardNumber(key: Secret("k"))
        let numbers = Set((0..<20_000).map { maker.number(of: "\($0)") })
        #expect(numbers.count == 20_000)
        #expect(PosterCardNumber(key: Secret("other")).number(of: "1") != maker.number(of: "1"))
    }

    @Test("A customer who is no client, and an order that is not Poster's, are refused and not tried again")
    func refused() async throws {
        let rig = try await PosterRig()
        let connector = try rig.connector()
        let stranger = CustomerAddress(externalIDs: ["other:1"])
        #expect(!connector.knows(stranger) && connector.knows(Self.kari))
        for order in [
            SystemOrder.card(CardBinding(customer: stranger, card: "1")),
            .card(CardBinding(customer: CustomerAddress(externalIDs: ["poster:77"]), card: "1")),
            .benefit(BenefitReport(customer: Self.kari, benefit: "b", isUsed: true, at: StoreBench.noon)),
        ] {
            guard case .refused = await connector.deliver(.holding(order)) else {
                Issue.record("\(order.kind) was not refused")
                continue
            }
        }
    }
}
