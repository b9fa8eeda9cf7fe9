import Foundation
import Storage
import Synchronization
import TestServers
import Testing

@testable import Cards

@Suite struct CardDispatcherTests {
    @Test("A card is sent by each channel, and one whose gateway is away first goes when it is back")
    func sending() async throws {
        let desk = try await MessageDesk()
        let vault = Vault(key: try StoreKey.loadOrCreate(at: desk.directory.file("key")))
        let register = try CardRegister(path: desk.directory.file("cards.db"), vault: vault, company: "store")
        defer { register.close() }
        let (steps, told) = AsyncStream.makeStream(of: Card.self)
        let links = CardLinks(base: "https://cards.example", key: LinkKey(bytes: Array(0..<32)), zone: .gmt)
        let documents = CardDocuments(store: "Blåbær", language: .named("nb"), links: links, zone: .gmt)
        let skew = Atomic(0)
        let dispatcher = CardDispatcher(
            register: register, documents: documents,
            gateways: [.sms: SMSGateway(desk.sms), .email: SMTPGateway(desk.mail, store: "Blåbær")],
            now: { Date().addingTimeInterval(TimeInterval(skew.load(ordering: .relaxed))) },
            onChange: { told.yield($0) })
        let running = Task { await dispatcher.run() }
        try await desk.server.misbehave("status:503")
        let sms = try register.issue(
            CardRequest(customer: "C1", channel: .sms, address: "+4741234567"), now: Date())
        let mail = try register.issue(
            CardRequest(customer: "C2", channel: .email, address: "kari@example.com"), now: Date())
        dispatcher.ring()
        var seen: [String: [Dispatch.State]] = [:]
        for await card in steps {
            seen[card.id, default: []].append(card.dispatch.state)
            if card.dispatch.state == .queued {
                #expect(!card.dispatch.reason.isEmpty)
                // The pause is over.
                skew.add(10, ordering: .relaxed)
                dispatcher.ring()
            }
            if seen[sms.id]?.last == .sent, seen[mail.id]?.last == .sent { break }
        }
        #expect(seen[sms.id] == [.sending, .queued, .sending, .sent])
        #expect(seen[mail.id] == [.sending, .sent])
        running.cancel()
        dispatcher.ring()
        await running.value
        let books = try await desk.books
        let text = try #require(books.sms.first?["text"])
        #expect(text.contains("https://cards.example/p/") && text.contains("https://cards.example/c/"))
        #expect(books.sms.count == 1 && books.mails.count == 1)
    }
}
