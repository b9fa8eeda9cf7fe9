import CountertopClient
import Customers
import Dispatch
import Foundation
import Journal
import Logging
import Systems
import TestServers
import Testing
import Wire

@testable import Edge

/// A basket whose customer is merged into another one while it is closed, or while the edge is off.
@Suite(.timeLimit(.minutes(2))) struct HandOverTests {
    private static let rows = """
        {"key": "1", "name": "Kari Nordås", "customer_card": "CARD1", "phone": "90000001", "benefits": [{"id": "coffee"}]}
        {"key": "2", "name": "Kari Ås", "customer_card": "CARD2", "phone": "90000002"}

        """
    private static let merged = """
        {"key": "1", "merged_into": "2"}
        {"key": "2", "name": "Kari Ås", "customer_card": ["CARD1", "CARD2"], "phone": "90000002", \
        "benefits": [{"id": "coffee"}]}

        """

    private struct Club: Encodable {
        struct Customer: Encodable {
            struct Benefit: Encodable { var id = "coffee", title = "Coffee", uses = 1 }
            var externalId = "k1", phoneNumber = "+4790000001"
            var benefits = [Benefit()]
        }
        var customers = ["k1": Customer()]
    }

    private struct Books: Decodable {
        struct Sale: Decodable { let salePhoneNumber: String? }
        struct Event: Decodable { let type: String, phoneNumber: String? }
        let sales: [String: Sale]
        let events: [String: Event]
    }

    private let directory: TemporaryDirectory
    private let club: SystemServer

    init() async throws {
        directory = try TemporaryDirectory()
        club = try await SystemServer("custobar", snakeCase: true)
        try await club.setState(Club())
        try write(Self.rows)
    }

    private func write(_ rows: String) throws {
        try rows.write(toFile: directory.file("members.jsonl"), atomically: true, encoding: .utf8)
    }

    /// A store with customers of a file, and Custobar that is told of what they buy and use, by their phone numbers.
    private func withStore(_ body: (StoreRig, CountertopConnection) async throws -> Void) async throws {
        let system = SystemSettings(
            name: "club", kind: "custobar",
            values: [
                "url": .text(club.base + "/api"), "customers": .text("match"), "allow": .texts(["name", "phone"]),
                "key": .text(try StoreProcess.secret("k3y", in: directory.path, named: "club")),
            ])
        let path = directory.file("members.jsonl")
        try await StoreRig.with(directory: directory) {
            $0.sampleStore = false
            $0.systems = [system]
            $0.feeds = [
                FeedSettings(
                    name: "members", place: .file(path), mapping: FieldMapping(), schedule: .daily(hour: 3, minute: 0))
            ]
        } _: { rig in
            try await rig.withTill { try await body(rig, $0) }
        }
    }

    /// A basket with the customer, who is to use a benefit with it.
    private func open(_ edge: CountertopConnection) async throws -> String {
        let id = try await edge.customer(of: "CARD1")
        try await edge.lanes.openBasket(lane: "1", basket: "S1")
        try await edge.lanes.attachCustomer(lane: "1", basket: "S1", customer: id)
        _ = try await edge.benefits.reserve("coffee", of: id, lane: "1", basket: "S1")
        return id
    }

    private func pay(_ edge: CountertopConnection) async throws -> Basket? {
        let closing = Closing(outcome: .paid, saleId: "S1", total: Money(currency: "NOK", minorUnits: 4_990))
        return try await edge.lanes.closeBasket(lane: "1", basket: "S1", closing: closing)
    }

    private func checkBooks(_ edge: CountertopConnection, _ other: String) async throws {
        try await edge.eventually("the benefit is used") { _ in
            try await !club.state(Books.self).events.isEmpty
        }
        #expect(try await edge.privacy.export(customer: other).redemptions.map(\.benefit) == ["coffee"])
        try await edge.eventuallySent()
        let books = try await club.state(Books.self)
        #expect(books.sales.values.map(\.salePhoneNumber) == ["+4790000002"])
        #expect(books.events.values.map(\.type) == ["BENEFIT_USED"])
        #expect(books.events.values.map(\.phoneNumber) == ["+4790000002"])
    }

    @Test("A basket that is paid between a merge and the lanes' learning of it is the sale of the one who stays")
    func closedMeanwhile() async throws {
        try await withStore { rig, edge in
            let id = try await open(edge)
            try await club.setDown(true)
            let gate = DispatchSemaphore(value: 0)
            rig.edge.parts.erasure.afterwards { gate.wait() }
            try write(Self.merged)
            try await edge.feeds.run("members")
            try await edge.eventually("the local copy has merged them") { edge in
                try await edge.customers.resolve(code: "CARD1").customer.map { $0.id != id } ?? false
            }
            let other = try await edge.customer(of: "CARD1")
            #expect(try await edge.lanes.list().first { $0.name == "1" }?.basket?.customer?.id == id)
            _ = try await pay(edge)
            // What is on its way this moment goes to the address that it was written with.
            try await edge.eventually("everything was tried in vain") { edge in
                let entries = try await edge.outbox.list().entries
                return !entries.isEmpty && entries.allSatisfy { $0.state == .pending && $0.attempts > 0 }
            }
            gate.signal()
            try await edge.eventually("the other one has what he had") { edge in
                try await edge.privacy.export(customer: other).outbox.map(\.kind).sorted() == ["benefit_used", "sale"]
            }
            try await club.setDown(false)
            for entry in try await edge.outbox.list().entries { try await edge.retryOnceStill(entry.id) }
            try await checkBooks(edge, other)
        }
    }

    @Test(
        "Whoever leaves a basket amid the hand-over gives back what was reserved, which is still under the name before")
    func detachedMeanwhile() async throws {
        try await withStore { rig, edge in
            let id = try await open(edge)
            let gate = DispatchSemaphore(value: 0)
            rig.edge.parts.erasure.afterwards { gate.wait() }
            try write(Self.merged)
            try await edge.feeds.run("members")
            try await edge.eventually("the local copy has merged them") { edge in
                try await edge.customers.resolve(code: "CARD1").customer.map { $0.id != id } ?? false
            }
            let parts = rig.edge.parts
            let other = try await edge.customer(of: "CARD1")
            #expect(try parts.journal.redemptions.redemptions(of: other).isEmpty)
            // The lanes know already, and the ledger does not.
            let ending = StoreBenefits.Ending(lane: "1", basket: "S1", customer: other, isPaid: false)
            parts.benefits.settle(
                ending, for: .local, audit: AuditLog(folder: directory.file("nowhere")) { _, _ in },
                logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
            parts.benefits.awaitSettled()
            let uses = try parts.journal.redemptions.redemptions(of: id)
            #expect(uses.map(\.state) == [BenefitUse.State.released.rawValue])
            gate.signal()
            try await edge.eventually("the use is the other one's") { _ in
                try parts.journal.redemptions.redemptions(of: other).map(\.state)
                    == [BenefitUse.State.released.rawValue]
            }
        }
    }

    @Test("A basket whose customer was merged just before the edge ended has the one who stays in it after the start")
    func mergedBeforeRestart() async throws {
        var configuration: EdgeConfiguration?
        try await withStore { rig, edge in
            _ = try await open(edge)
            configuration = rig.configuration
        }
        let stopped = try #require(configuration)
        let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        let files = try EdgeFiles.open(stopped, health: EdgeHealth(logger: logger), logger: logger)
        let now = Date()
        let record = CustomerRecord(
            key: "2", name: "Kari Ås", identifiers: [Identifier(type: .phone, value: "90000002")], changedAt: now)
        var page = ChangePage(feed: "members", cursor: [], isComplete: true, customers: [.upsert(record)])
        page.merges = [CustomerMerge(key: "1", into: "2", at: now)]
        try files.replica.apply(page)
        let other = files.replica.customerID(feed: "members", key: "2")
        files.close()
        try write(Self.merged)
        try await withStore { _, edge in
            #expect(try await edge.lanes.list().first { $0.name == "1" }?.basket?.customer?.id == other)
            #expect(try await pay(edge)?.customer?.id == other)
            try await checkBooks(edge, other)
        }
    }
}
