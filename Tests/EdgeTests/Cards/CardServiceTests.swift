import Cards
import CountertopClient
import Customers
import Foundation
import TestServers
import Testing
import Wire

@testable import Edge

@Suite struct CardServiceTests {
    /// An edge that issues cards and sends them through real gateways.
    private func withCards(
        _ change: (inout EdgeConfiguration) -> Void = { _ in },
        _ body: (StoreRig, CountertopConnection, SystemServer) async throws -> Void
    ) async throws {
        let server = try await SystemServer("messages")
        let configure: (inout EdgeConfiguration) -> Void = { configuration in
            configuration.useCards(server)
            change(&configuration)
        }
        try await StoreRig.with(configure) { rig in
            try await rig.withTill { till in try await body(rig, till, server) }
        }
    }

    @Test("A card is issued, sent and scanned: the cashier confirms the number, and the till sees it on its way")
    func thinPath() async throws {
        try await withCards { rig, till, server in
            let kari = try await till.customers.resolve(code: SampleStore.kariCard).customer?.id ?? ""
            let card = try await till.cards.issue(customer: kari, by: .sms, to: SampleStore.kariPhone)
            #expect(card.state == .active && card.customer == kari)
            try await rig.withTill(named: "kassa/scan") { other in
                try await other.withLane("1") { lane in
                    var events = lane.makeAsyncIterator()
                    _ = try await other.lanes.enter(lane: "1", code: card.code)
                    let scan = try await events.nextScan()
                    #expect(scan.resolution?.customer?.id == kari)
                    #expect(scan.attachment == .held)
                }
            }
            let states = try await till.cards.withWatch(of: card.id) { steps in
                var states: [Wire.DispatchState] = []
                for try await step in steps { states.append(step.card?.dispatch?.state ?? .unspecified) }
                return states
            }
            #expect(states.last == .sent)
            let books = try await server.state(MessageBooks.self)
            #expect(books.sms.count == 1)
            #expect(books.sms.first?["text"]?.contains("https://cards.example/c/") == true)
            let log = rig.log.text
            #expect(!log.contains(String(decoding: card.code, as: UTF8.self)) && !log.contains("99000001"))
        }
    }

    @Test("A revoked card scans as nobody's, and a replaced one hands over at once")
    func ending() async throws {
        try await withCards { _, till, _ in
            let kari = try await till.customers.resolve(code: SampleStore.kariCard).customer?.id ?? ""
            let lost = try await till.cards.issue(customer: kari, by: .none)
            let fresh = try await till.cards.replace(lost.id, by: .none)
            #expect(try await till.customers.resolve(code: lost.code).kind == .unknown)
            #expect(try await till.customers.resolve(code: fresh.code).customer?.id == kari)
            try await till.cards.revoke(fresh.id)
            #expect(try await till.customers.resolve(code: fresh.code).kind == .unknown)
            #expect(try await till.cards.list(customer: kari).map(\.state) == [.revoked, .replaced])
            let error = await #expect(throws: CountertopError.self) {
                try await till.cards.replace(fresh.id, by: .none)
            }
            #expect(error?.reason == "CARD_ENDED")
        }
    }

    @Test("An address that is not the customer's needs a word more, and a slip is refused")
    func addresses() async throws {
        try await withCards { _, till, _ in
            let kari = try await till.customers.resolve(code: SampleStore.kariCard).customer?.id ?? ""
            let reasons: [(CardChannel, String, String)] = [
                (.sms, "990 99 999", "ADDRESS_NOT_STORED"), (.email, "other@example.com", "ADDRESS_NOT_STORED"),
                (.sms, "abc", "ADDRESS_INVALID"), (.email, "a@b@c", "ADDRESS_INVALID"),
                (.email, "a>\r\nRCPT@example.com", "ADDRESS_INVALID"), (.unspecified, "", "ARGUMENT_INVALID"),
            ]
            for (channel, address, reason) in reasons {
                let error = await #expect(throws: CountertopError.self) {
                    try await till.cards.issue(customer: kari, by: channel, to: address)
                }
                #expect(error?.reason == reason, "\(address)")
            }
            let card = try await till.cards.issue(customer: kari, by: .sms, to: "990 99 999", isNewAddress: true)
            #expect(card.dispatch?.channel == .sms)
            let nobody = await #expect(throws: CountertopError.self) {
                try await till.cards.issue(customer: "nobody", by: .none)
            }
            #expect(nobody?.reason == "CUSTOMER_UNKNOWN")
        }
    }

    @Test("A retry with the same operation gets the same card, and sends one message")
    func retry() async throws {
        try await withCards { _, till, server in
            let kari = try await till.customers.resolve(code: SampleStore.kariCard).customer?.id ?? ""
            let operation = OperationID()
            let first = try await till.cards.issue(
                customer: kari, by: .sms, to: SampleStore.kariPhone, operation: operation)
            let second = try await till.cards.issue(
                customer: kari, by: .sms, to: SampleStore.kariPhone, operation: operation)
            #expect(first.id == second.id)
            try await till.cards.withWatch(of: first.id) { steps in for try await _ in steps {} }
            #expect(try await server.state(MessageBooks.self).sms.count == 1)
            #expect(try await till.cards.list(customer: kari).count == 1)
        }
    }

    @Test("Whoever is erased has no cards any more, and no scan of one is left")
    func erasure() async throws {
        try await withCards { _, till, _ in
            let kari = try await till.customers.resolve(code: SampleStore.kariCard).customer?.id ?? ""
            let card = try await till.cards.issue(customer: kari, by: .none)
            _ = try await till.lanes.enter(lane: "1", code: card.code)
            _ = try await till.privacy.erase(customer: kari)
            #expect(try await till.cards.list(customer: kari).isEmpty)
            #expect(try await till.customers.resolve(code: card.code).kind == .unknown)
            let error = await #expect(throws: CountertopError.self) { try await till.cards.get(card.id) }
            #expect(error?.reason == "CARD_UNKNOWN")
        }
    }

    @Test("A card is printed, and without a section cards the store says that it issues none")
    func printing() async throws {
        try await withCards { _, till, _ in
            let kari = try await till.customers.resolve(code: SampleStore.kariCard).customer?.id ?? ""
            let card = try await till.cards.issue(customer: kari, by: .none)
            #expect(try await till.cards.pdf(of: card.id).starts(with: Array("%PDF-".utf8)))
            let error = await #expect(throws: CountertopError.self) { try await till.cards.pdf(of: "0000") }
            #expect(error?.reason == "CARD_UNKNOWN")
        }
        try await StoreRig.with { rig in
            try await rig.withTill { till in
                let error = await #expect(throws: CountertopError.self) {
                    try await till.cards.issue(customer: "C", by: .none)
                }
                #expect(error?.reason == "CARDS_OFF")
            }
        }
    }
}

/// The books of `messages_server.py`.
struct MessageBooks: Decodable {
    struct Mail: Decodable { let to: [String] }

    let sms: [[String: String]]
    let mails: [Mail]
}

extension EdgeConfiguration {
    /// Cards that are sent through this server's SMS gateway.
    mutating func useCards(_ server: SystemServer) {
        var settings = CardSettings(
            name: "Sample Store", language: "en", links: "https://cards.example", keyPath: statePath + "/cards.key")
        let token = statePath + "/sms.token"
        try? Data("t0ken".utf8).write(to: URL(fileURLWithPath: token))
        chmod(token, 0o600)
        settings.sms = SMSGateway.Settings(
            url: server.base + "/messages", sender: "Store", tokenPath: token, answerField: "status",
            answersTaken: ["accepted"])
        settings.email = SMTPGateway.Settings(
            host: "127.0.0.1", port: 1, security: .none, sender: "cards@store.example")
        cards = settings
    }
}
