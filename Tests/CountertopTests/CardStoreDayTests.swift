import CountertopClient
import Customers
import Foundation
import TestServers
import Testing

/// A day in a store that issues cards itself.
@Suite struct CardStoreDayTests {
    private struct Books: Decodable {
        struct Mail: Decodable {
            let to: [String]
            let data: String
        }

        let sms: [[String: String]]
        let mails: [Mail]
        let smtpPort: Int
        let trust: String

        enum CodingKeys: String, CodingKey {
            case sms, mails, trust
            case smtpPort = "smtp_port"
        }
    }

    /// A customer with an address to send to.
    private struct Guest {
        let id: String
        let phone: String
        let email: String
    }

    private func findGuests(_ till: CountertopConnection, _ count: Int) async throws -> [Guest] {
        let found = try await till.customers.search(name: "ka", limit: 20).customers
        let guests = found.compactMap { customer -> Guest? in
            let phone = customer.identifiers.first { $0.type == .phone }?.value
            let email = customer.identifiers.first { $0.type == .email }?.value
            guard let phone, let email else { return nil }
            return Guest(id: customer.id, phone: phone, email: email)
        }
        return Array(guests.prefix(count))
    }

    private func watch(_ card: Card, _ till: CountertopConnection, until state: DispatchState) async throws -> Card {
        try await till.cards.withWatch(of: card.id) { steps in
            var last = Card()
            for try await step in steps {
                last = step.card ?? Card()
                if last.dispatch?.state == state { break }
            }
            return last
        }
    }

    @Test(
        "Cards are issued, scanned, replaced and revoked through an hour without the internet and a crash, and each arrives"
    )
    func day() async throws {
        let server = try await SystemServer("messages")
        let books = try await server.state(Books.self)
        let day = try StoreDay { folder in
            """
            cards:
              links: https://cards.example
              language: nb
              key: \(folder.path)/cards.key
              pages: {host: 127.0.0.1, port: 0}
              sms:
                url: \(server.base)/messages
                token: \(try StoreDay.secret("t0ken", in: folder, named: "token"))
                sender: Storgata
                answer: {field: status, taken: [accepted]}
              email:
                host: localhost
                port: \(books.smtpPort)
                from: cards@store.example
                user: store
                password: \(try StoreDay.secret("s3cret", in: folder, named: "password"))
                trust: \(try StoreDay.secret(books.trust, in: folder, named: "trust.pem"))
            """
        }
        try await day.open()
        var good: [(card: Card, guest: Guest)] = []
        var ended: [Card] = []

        // In the morning all is well.
        let guests = try await day.withTill { till in
            let guests = try await findGuests(till, 6)
            try #require(guests.count == 6)
            let sms = try await till.cards.issue(customer: guests[0].id, by: .sms, to: guests[0].phone)
            let mail = try await till.cards.issue(customer: guests[1].id, by: .email, to: guests[1].email)
            #expect(try await watch(sms, till, until: .sent).dispatch?.state == .sent)
            #expect(try await watch(mail, till, until: .sent).dispatch?.state == .sent)
            let served = try await till.serve(sms.code, basket: "b1")
            #expect(served.scan.attachment == .attached && served.scan.resolution?.customer?.id == guests[0].id)
            let fresh = try await till.cards.replace(sms.id, by: .none)
            ended.append(sms)
            good += [(fresh, guests[0]), (mail, guests[1])]
            return guests
        }

        // The internet is away for a while. Cards are issued and scan all the same.
        try await server.setDown(true)
        try await day.withTill { till in
            for guest in guests[2...3] {
                let card = try await till.cards.issue(customer: guest.id, by: .sms, to: guest.phone)
                let served = try await till.serve(card.code, lane: "2", basket: "b-\(card.id)")
                #expect(served.scan.attachment == .attached)
                good.append((card, guest))
            }
            let waiting = try await watch(good[2].card, till, until: .queued)
            #expect(waiting.dispatch?.state == .queued)
            let lost = try await till.cards.issue(customer: guests[4].id, by: .none)
            try await till.cards.revoke(lost.id)
            ended.append(lost)
        }

        // The power goes before anything was sent, and comes back with the internet.
        await day.crash()
        try await server.setDown(false)
        try await day.open()
        try await day.withTill { till in
            let mail = try await till.cards.issue(customer: guests[5].id, by: .email, to: guests[5].email)
            good.append((mail, guests[5]))
            for (card, _) in good where card.dispatch?.channel != CardChannel.none {
                #expect(try await watch(card, till, until: .sent).dispatch?.state == .sent)
            }
            for (card, guest) in good {
                #expect(try await till.customers.resolve(code: card.code).customer?.id == guest.id)
            }
            for card in ended { #expect(try await till.customers.resolve(code: card.code).kind == .unknown) }
        }

        // Who was sent something got it, at the address that was confirmed.
        let sent = try await server.state(Books.self)
        let numbers = Set(sent.sms.compactMap { $0["to"] })
        #expect(numbers == Set([guests[0], guests[2], guests[3]].map(\.phone)))
        #expect(sent.sms.count == 3)
        #expect(Set(sent.mails.flatMap(\.to)) == Set([guests[1], guests[5]].map(\.email)))
        #expect(sent.mails.count == 2)
        for secret in guests.flatMap({ [$0.phone, $0.email] })
            + good.map({ String(decoding: $0.card.code, as: UTF8.self) })
        {
            #expect(!day.log.contains(secret))
        }
        await day.close()
    }
}
