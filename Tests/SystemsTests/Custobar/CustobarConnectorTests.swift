import Customers
import Foundation
import Synchronization
import TestServers
import Testing

@testable import Systems

@Suite(.timeLimit(.minutes(2))) struct CustobarConnectorTests {
    private struct Benefit: Codable, Equatable {
        var id: String
        var title: String
        var validUntil: String?
        var uses: Int?
    }

    private struct Customer: Codable {
        var externalId: String
        var phoneNumber: String?
        var firstName: String?
        var canEmail: Bool?
        var canSms: Bool?
        var mailingLists: [String]?
        var canonicalId: String?
        var isDeleted: Bool?
        var streetAddress: String?
        var benefits: [Benefit]?
    }

    private struct State: Codable {
        struct Sale: Codable, Equatable {
            var saleExternalId: String
            var productId: String
            var salePhoneNumber: String?
            var quantity: Double?
            var total: String?
            var unitPrice: String?
            var saleShopId: String?
        }
        struct Event: Codable, Equatable {
            var type: String
            var externalId = ""
            var date = ""
            var phoneNumber: String?
            var benefitId: String?
            var customerId: String?
            var permission: String?
            var granted: Bool?
            var consentText: String?
        }
        struct Product: Codable { var externalId: String }
        var customers: [String: Customer]?
        var sales: [String: Sale]?
        var events: [String: Event]?
        var scheme: String?
        var key: String?
        var products: [Product]?
    }

    private func bench(_ customers: [Customer]) async throws -> SystemBench {
        let bench = try await SystemBench("custobar", snakeCase: true)
        try await bench.server.setState(
            State(customers: Dictionary(uniqueKeysWithValues: customers.map { ($0.externalId, $0) })))
        return bench
    }

    private func connector(
        _ bench: SystemBench, _ more: [String: SystemSettings.Value] = [:]
    ) throws -> CustobarConnector {
        var values: [String: SystemSettings.Value] = [
            "url": .text(bench.server.base + "/api"), "key": .text(try bench.credential("k3y", named: "key")),
            "allow": .texts(["name", "first_name", "phone", "permissions"]),
        ]
        values.merge(more) { $1 }
        return try CustobarConnector(
            SystemSettings(name: "custobar", kind: "custobar", values: values), try bench.tools())
    }

    private static let kari = Customer(
        externalId: "k1", phoneNumber: "+4741234567", firstName: "Kari", canEmail: true, canSms: false,
        mailingLists: ["news"], streetAddress: "Hemmelig vei 1",
        benefits: [
            Benefit(id: "b1", title: "Coffee", validUntil: "2026-12-31T00:00:00Z", uses: 1),
            Benefit(id: "b2", title: "Cake"),
        ])

    @Test("Customers come with their permissions, none of which is taken for yes, and nothing else leaves Custobar")
    func customers() async throws {
        let bench = try await bench([
            Self.kari, Customer(externalId: "k2", phoneNumber: "+4741234568", firstName: "Ola"),
            Customer(externalId: "k3", phoneNumber: "+4741234567", canonicalId: "k1"),
            Customer(externalId: "k4", isDeleted: true),
        ])
        let source = try connector(bench).feeds[0].source
        var page = try await source.page(after: nil)
        var changes = page.changes
        while !page.isLast {
            page = try await source.page(after: page.cursor)
            changes += page.changes
        }
        let records = changes.compactMap { if case .upsert(let record) = $0 { record } else { nil } }
        let kari = try #require(records.first { $0.key == "k1" })
        #expect(kari.name == "Kari")
        #expect(kari.permissions.map(\.name) == ["email", "sms", "list:news"])
        #expect(kari.permissions.map(\.granted) == [true, false, true])
        #expect(records.first { $0.key == "k2" }?.permissions.isEmpty == true)
        let removed = changes.compactMap { if case .remove(let key, _) = $0 { key } else { nil } }
        #expect(Set(removed) == ["k3", "k4"])
        let fields = try await bench.server.requests().compactMap { $0.query["fields"]?.first }
        let asked = Set(fields.flatMap { $0.split(separator: ",").map(String.init) })
        #expect(!asked.isEmpty && asked.isDisjoint(with: ["street_address", "benefits", "email"]))
    }

    @Test("An address of the next page that leads elsewhere is not asked, and the key is shown to nobody else")
    func elsewhere() async throws {
        let bench = try await bench([])
        let source = try connector(bench).feeds[0].source
        for misdeed in ["shape", "garbage", "redirect", "half", "status:500", "later:429,9"] {
            try await bench.server.misbehave(misdeed)
            await #expect(throws: SystemsError.self, "\(misdeed)") { try await source.page(after: nil) }
        }
    }

    @Test("A customer's benefits are found by the phone number, with their terms as Custobar has them")
    func benefits() async throws {
        let bench = try await bench([Self.kari])
        let custobar = try connector(bench)
        let benefits = try await custobar.benefits(of: CustomerAddress(phone: "+4741234567"))
        #expect(benefits.map(\.id) == ["b1", "b2"] && benefits.map(\.usesMax) == [1, 1])
        #expect(benefits[0].validUntil == FieldText.time("2026-12-31T00:00:00Z"))
        #expect(try await custobar.benefits(of: CustomerAddress(phone: "+4741234568")).isEmpty)
        try await bench.server.setDown(true)
        await #expect(throws: SystemsError.self) {
            try await custobar.benefits(of: CustomerAddress(phone: "+4741234567"))
        }
    }

    @Test("The use of a benefit is one event, however often Custobar is told, and taking it back is another")
    func use() async throws {
        let bench = try await bench([Self.kari])
        let custobar = try connector(bench)
        let customer = CustomerAddress(phone: "+4741234567")
        let used = SystemOrder.benefit(
            BenefitReport(customer: customer, benefit: "b1", isUsed: true, at: StoreBench.noon))
        try await bench.server.misbehave("after:hang")
        guard case .retry = await custobar.deliver(.holding(used)) else {
            Issue.record("A lost answer is no reason to try again")
            return
        }
        #expect(await custobar.deliver(.holding(used)) == .done)
        let released = SystemOrder.benefit(
            BenefitReport(customer: customer, benefit: "b1", isUsed: false, at: StoreBench.noon))
        #expect(await custobar.deliver(.holding(released, operation: [9])) == .done)
        let events = try await bench.server.state(State.self).events ?? [:]
        #expect(events.mapValues(\.type) == ["010203": "BENEFIT_USED", "09": "BENEFIT_RELEASED"])
        #expect(events.values.allSatisfy { $0.phoneNumber == "+4741234567" && $0.benefitId == "b1" })
    }

    private static let sale = SaleReport(
        sale: "S1", at: StoreBench.noon, customer: CustomerAddress(phone: "+4741234567"), totalMinor: 5_050,
        lines: [
            SaleReport.Line(gtin: "7038010000010", description: "Milk", quantityThousandths: 2_000, totalMinor: 4_000),
            SaleReport.Line(gtin: "", description: "Apples", quantityThousandths: 350, totalMinor: 1_050),
        ])

    @Test("A sale is told by its rows, with the customer, once, and with what may be told alone")
    func sales() async throws {
        let bench = try await bench([Self.kari])
        let custobar = try connector(bench, ["sales.shop": .text("oslo-1")])
        for _ in 1...2 { #expect(await custobar.deliver(.holding(.sale(Self.sale))) == .done) }
        let sales = try await bench.server.state(State.self).sales ?? [:]
        #expect(sales.count == 2)
        #expect(
            sales["S1 S1-1"]
                == State.Sale(
                    saleExternalId: "S1", productId: "7038010000010", salePhoneNumber: "+4741234567", quantity: 2,
                    total: "40.00", unitPrice: "20.00", saleShopId: "oslo-1"))
        #expect(sales["S1 S1-2"]?.quantity == 0.35 && sales["S1 S1-2"]?.unitPrice == "30.00")
        let least = try connector(bench, ["sales.fields": .texts(["total"])])
        #expect(await least.deliver(.holding(.sale(Self.sale))) == .done)
        let body = try #require(try await bench.server.requests().last?.body)
        #expect(!body.contains("quantity") && !body.contains("sale_total"))
        #expect(throws: SettingFault.self) { try connector(bench, ["sales.fields": .texts(["customer"])]) }
    }

    @Test(
        "A page of somebody between here and Custobar is no answer of its: the sale is told again",
        arguments: ["garbage", "other_shape:200"])
    func portal(misdeed: String) async throws {
        let bench = try await bench([Self.kari])
        let custobar = try connector(bench)
        try await bench.server.misbehave(misdeed)
        guard case .retry = await custobar.deliver(.holding(.sale(Self.sale))) else {
            Issue.record("What was not told is taken for told")
            return
        }
        #expect(await custobar.deliver(.holding(.sale(Self.sale))) == .done)
        #expect(try await bench.server.state(State.self).sales?.count == 2)
    }

    @Test("Sales wait for their schedule, and what waited goes at its time")
    func schedule() async throws {
        let bench = try await bench([Self.kari])
        let custobar = try connector(bench, ["sales.schedule": .text("every 24 hours")])
        var sale = Self.sale
        sale.at = Date()
        guard case .retry(_, let after) = await custobar.deliver(.holding(.sale(sale))) else {
            Issue.record("A sale did not wait")
            return
        }
        #expect(try #require(after) > .seconds(86_000))
        bench.clock.pass(.seconds(86_401))
        #expect(await custobar.deliver(.holding(.sale(sale))) == .done)
    }

    @Test("A permission that was given at the till, and somebody who joins there, are told")
    func permissions() async throws {
        let bench = try await bench([Self.kari])
        let custobar = try connector(bench)
        let no = PermissionChange(
            customer: CustomerAddress(externalIDs: ["custobar:k1"]), name: "email", granted: false,
            text: "No e-mail any more.", at: StoreBench.noon)
        for _ in 1...2 { #expect(await custobar.deliver(.holding(.permission(no), operation: [9])) == .done) }
        let joining = NewCustomer(name: "Nils", phone: "+4799000001", permissions: ["sms": true])
        #expect(await custobar.deliver(.holding(.newCustomer(joining), operation: [7])) == .done)
        let state = try await bench.server.state(State.self)
        #expect(state.customers?["k1"]?.canEmail == false && state.customers?["k1"]?.canSms == false)
        #expect(state.customers?["c-4799000001"]?.canSms == true)
        #expect(state.events?["07"]?.type == "JOINED_AT_TILL")
        // What was agreed to stands with it, word for word, once.
        let proof = try #require(state.events?["09"])
        #expect(state.events?.count == 2)
        #expect(proof.type == "PERMISSION_CHANGED" && proof.permission == "can_email" && proof.granted == false)
        #expect(proof.customerId == "k1" && proof.consentText == "No e-mail any more.")
        #expect(proof.date == "2026-11-24T12:00:00Z")
        var unknown = no
        unknown.name = "fax"
        guard case .refused = await custobar.deliver(.holding(.permission(unknown))) else {
            Issue.record("A permission that nobody knows was told")
            return
        }
    }

    @Test("Articles are read page by page, whole or not at all, and are there after a restart without Custobar")
    func articles() async throws {
        let bench = try await bench([])
        let numbers = ["2000000000015", "7038010000010", "ABC-1", "2000000000022", "4006381333931"]
        try await bench.server.setState(State(products: numbers.map { .init(externalId: $0) }))
        let custobar = try connector(bench, ["products.schedule": .text("every 60 seconds")])
        let list = ArticleList(path: bench.directory.file("articles"))
        let read = Mutex<[Int]>([])
        let failures = Mutex(0)
        // The second page breaks off at first: nothing is taken before all was read.
        try await bench.server.misbehave("", "half")
        let made = ArticleReader(
            custobar, into: list, zone: .gmt, time: bench.clock.time,
            onRead: { articles, strange in read.withLock { $0 = [articles, strange] } },
            onFailure: { _ in failures.withLock { $0 += 1 } })
        let reader = try #require(made)
        let task = Task { await reader.run() }
        while read.withLock(\.isEmpty) {
            bench.clock.pass(.seconds(1))
            await Task.yield()
        }
        task.cancel()
        await task.value
        #expect(read.withLock { $0 } == [4, 1] && failures.withLock { $0 } == 1)
        for list in [list, ArticleList(path: bench.directory.file("articles"))] {
            #expect(list.count == 4 && list.readAt != nil)
            #expect(list.holds("02000000000015") && list.holds("02000000000022") && !list.holds("02000000000039"))
        }
        #expect(try connector(bench).articleSchedule == nil)
    }

    @Test("A list of articles that is not whole on the disk is as none")
    func damagedArticles() async throws {
        let directory = try TemporaryDirectory()
        let path = directory.file("articles")
        try ArticleList(path: path).replace([1, 2, 3], at: StoreBench.noon)
        var bytes = try Data(contentsOf: URL(fileURLWithPath: path))
        #expect(ArticleList(path: path).count == 3)
        bytes[30] ^= 1
        try directory.write(bytes, to: "articles")
        #expect(ArticleList(path: path).count == 0 && ArticleList(path: path).readAt == nil)
        try directory.write(bytes.prefix(40), to: "articles")
        #expect(ArticleList(path: path).count == 0)
    }

    @Test(
        "Staff see the last sales and events of a customer, the newest first, and of events only those that are allowed"
    )
    func events() async throws {
        let bench = try await bench([Self.kari, Customer(externalId: "k2", phoneNumber: "+4741234568")])
        let event = { (type: String, day: Int, phone: String) in
            State.Event(
                type: type, externalId: "\(type)\(day)", date: "2026-11-\(day)T10:00:00Z", phoneNumber: phone)
        }
        let own = [event("VISIT", 20, "+4741234567"), event("SECRET", 21, "+4741234567")]
        let events = own + [event("VISIT", 22, "+4741234568")]
        try await bench.server.setState(
            State(events: Dictionary(uniqueKeysWithValues: events.map { ($0.externalId, $0) })))
        let custobar = try connector(bench, ["view.events": .flag(true), "view.types": .texts(["VISIT"])])
        #expect(await custobar.deliver(.holding(.sale(Self.sale))) == .done)
        let seen = try await custobar.events(of: CustomerAddress(phone: "+4741234567"))
        #expect(seen.map(\.kind) == ["SALE", "VISIT"])
        #expect(seen.map(\.text) == ["S1", ""] && seen.map(\.totalMinor) == [5_050, nil])
        #expect(try await connector(bench).events(of: CustomerAddress(phone: "+4741234567")).isEmpty)
        try await bench.server.misbehave("shape")
        await #expect(throws: SystemsError.self) {
            try await custobar.events(of: CustomerAddress(phone: "+4741234567"))
        }
    }

    @Test("The key is shown in the way of its generation", arguments: ["Bearer", "Token", "Basic"])
    func scheme(_ scheme: String) async throws {
        let bench = try await bench([Self.kari])
        let shown = scheme == "Basic" ? Data("k3y".utf8).base64EncodedString() : "k3y"
        try await bench.server.setState(State(scheme: scheme, key: shown))
        #expect(try await connector(bench, ["scheme": .text(scheme)]).check().contains("takes the key"))
        try await bench.server.setState(State(key: "other"))
        let error = await #expect(throws: SystemsError.self) {
            try await (try connector(bench, ["scheme": .text(scheme)])).check()
        }
        #expect(error?.code == .refused)
    }
}
