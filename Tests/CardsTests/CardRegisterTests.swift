import Foundation
import GRDB
import Storage
import Testing

@testable import Cards

@Suite struct CardRegisterTests {
    private let directory: TemporaryDirectory
    private let vault: Vault
    private let now = Date(timeIntervalSince1970: 1_800_000_000)

    init() throws {
        directory = try TemporaryDirectory()
        vault = Vault(key: try StoreKey.loadOrCreate(at: directory.file("key")))
    }

    private func open() throws -> CardRegister {
        try CardRegister(path: directory.file("cards.db"), vault: vault, company: "store")
    }

    @Test("A card scans from the moment it is issued until it is revoked, and after a restart too")
    func life() throws {
        var register = try open()
        let card = try register.issue(CardRequest(customer: "C1", channel: .none), now: now)
        #expect(try register.holder(of: card.code) == "C1")
        register.close()
        register = try open()
        #expect(try register.card(card.code)?.id == card.id)
        let ended = try register.revoke(card.id, now: now)
        #expect(ended.state == .revoked)
        #expect(try register.holder(of: card.code) == nil)
        #expect(try register.revoke(card.id, now: now.addingTimeInterval(9)).endedAt == ended.endedAt)
        register.close()
    }

    @Test("The same operation gets the same card, and one that asks for something else is refused")
    func operations() throws {
        let register = try open()
        defer { register.close() }
        let request = CardRequest(
            customer: "C1", channel: .email, address: "kari@example.com", operation: ("till", [1, 2, 3]))
        let first = try register.issue(request, now: now)
        #expect(try register.issue(request, now: now.addingTimeInterval(60)).id == first.id)
        var other = request
        other.address = "ola@example.com"
        let error = #expect(throws: CardsError.self) { try register.issue(other, now: now) }
        #expect(error?.code == .operationReused)
        other.operation = ("another till", [1, 2, 3])
        #expect(try register.issue(other, now: now).id != first.id)
        #expect(try register.cards(of: "C1").count == 2)
    }

    @Test("The same operation sends a card once, over a restart too, and one that sends it elsewhere is refused")
    func sendings() throws {
        var register = try open()
        let card = try register.issue(CardRequest(customer: "C1", channel: .none, operation: ("till", [1])), now: now)
        let kari = "kari@example.com"
        func send(_ address: String, _ id: UInt8, at later: TimeInterval) throws -> Card {
            try register.send(card.id, by: .email, to: address, operation: ("till", [id]), now: now + later)
        }
        #expect(try send(kari, 2, at: 60).dispatch.changedAt == now + 60)
        register.close()
        register = try open()
        defer { register.close() }
        #expect(try send(kari, 2, at: 120).dispatch.changedAt == now + 60)
        #expect(try send(kari, 3, at: 180).dispatch.changedAt == now + 180)
        let elsewhere = #expect(throws: CardsError.self) { try send("ola@example.com", 2, at: 240) }
        #expect(elsewhere?.code == .operationReused)
        let issued = #expect(throws: CardsError.self) { try send(kari, 1, at: 240) }
        #expect(issued?.code == .operationReused)
        #expect(try send(kari, 2, at: CardsLimits.sendingsKeptFor + 200).dispatch.changedAt == now + 180)
        _ = try send(kari, 4, at: CardsLimits.sendingsKeptFor + 200)
        #expect(try send(kari, 2, at: CardsLimits.sendingsKeptFor + 300).dispatch.changedAt > now + 180)
    }

    @Test("A replaced card ends when the new one begins, once, however often it is asked for")
    func replacing() throws {
        let register = try open()
        defer { register.close() }
        let lost = try register.issue(CardRequest(customer: "C1", channel: .none), now: now)
        let request = CardRequest(customer: "C1", channel: .none, operation: ("till", [7]))
        let fresh = try register.replace(lost.id, with: request, now: now)
        #expect(try register.replace(lost.id, with: request, now: now).id == fresh.id)
        #expect(try register.holder(of: lost.code) == nil)
        #expect(try register.holder(of: fresh.code) == "C1")
        #expect(try register.card(id: lost.id)?.replacedBy == fresh.id)
        let again = CardRequest(customer: "C1", channel: .none, operation: ("till", [8]))
        let error = #expect(throws: CardsError.self) { try register.replace(lost.id, with: again, now: now) }
        #expect(error?.code == .cardEnded)
    }

    @Test("A customer has a bounded number of good cards")
    func bound() throws {
        let register = try open()
        defer { register.close() }
        for _ in 0..<CardsLimits.cardsOfCustomerMax {
            _ = try register.issue(CardRequest(customer: "C1", channel: .none), now: now)
        }
        let error = #expect(throws: CardsError.self) {
            try register.issue(CardRequest(customer: "C1", channel: .none), now: now)
        }
        #expect(error?.code == .tooManyCards)
    }

    @Test("An address is in no file in clear, is forgotten when the card was sent, and an erasure leaves nothing")
    func privacy() throws {
        let register = try open()
        let request = CardRequest(customer: "C1", channel: .email, address: "kari.canary@example.com")
        let card = try register.issue(request, now: now)
        #expect(try register.due(now: now).map(\.address) == ["kari.canary@example.com"])
        let sending = DispatchRules.begin(card.dispatch, now: now)
        _ = try register.note(sending, of: card.id, expected: .queued)
        let sent = DispatchRules.end(sending, .sent, issuedAt: now, now: now, zone: .gmt, jitter: 0)
        _ = try register.note(sent, of: card.id, expected: .sending)
        #expect(try register.due(now: now.addingTimeInterval(1_000_000)).isEmpty)
        let address = try register.read { try Data.fetchOne($0, sql: "SELECT address FROM cards") }
        #expect(address == nil)
        for canary in ["kari.canary", card.code.text] {
            #expect(try bytesOfFiles().range(of: Data(canary.utf8)) == nil)
        }
        #expect(try register.erase(customer: "C1") == 1)
        #expect(try register.card(card.code) == nil)
        #expect(try bytesOfFiles().range(of: Data(card.code.secret)) == nil)
        register.close()
    }

    @Test("A file that was sealed under another key is left as it is")
    func otherKey() throws {
        try open().close()
        let other = Vault(key: try StoreKey.loadOrCreate(at: directory.file("other")))
        let error = #expect(throws: CardsError.self) {
            try CardRegister(path: directory.file("cards.db"), vault: other, company: "store")
        }
        #expect(error?.code == .registerUnusable)
        try open().close()
    }

    private func bytesOfFiles() throws -> Data {
        let names = try FileManager.default.contentsOfDirectory(atPath: directory.path).filter {
            $0.hasPrefix("cards.db")
        }
        return names.compactMap { FileManager.default.contents(atPath: directory.file($0)) }.reduce(Data(), +)
    }

    @Test("Cards go when they ended long ago, and good ones stay")
    func forgetsEndedCards() throws {
        let register = try open()
        defer { register.close() }
        let cards = try (0..<3).map { try register.issue(CardRequest(customer: "C\($0)", channel: .none), now: now) }
        _ = try register.revoke(cards[0].id, now: now)
        _ = try register.revoke(cards[1].id, now: now + 60)
        #expect(try register.forgetCards(endedBefore: now) == 0)
        #expect(try register.forgetCards(endedBefore: now + 60) == 1)
        #expect(try cards.map { try register.card(id: $0.id) == nil } == [true, false, false])
    }

    @Test("A customer's cards go on as another one's")
    func moves() throws {
        let register = try open()
        defer { register.close() }
        let card = try register.issue(CardRequest(customer: "C1", channel: .none), now: now)
        try register.move(customer: "C1", to: "C9")
        #expect(try register.holder(of: card.code) == "C9")
        #expect(try register.cards(of: "C1").isEmpty)
    }
}
