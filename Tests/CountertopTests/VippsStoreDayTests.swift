import CountertopClient
import Customers
import Foundation
import TestServers
import Testing

/// A day in a store whose customers come by Vipps MobilePay.
@Suite struct VippsStoreDayTests {
    private struct Books: Decodable {
        struct Login: Decodable { let number: String }

        let logins: [String: Login]
        let profiles: [String]
    }

    private struct Person: Encodable {
        let sub: String
        let name: String
        let givenName: String
        let familyName = "Berg"
        var verdict: String

        enum CodingKeys: String, CodingKey {
            case sub, name, verdict
            case givenName = "given_name"
            case familyName = "family_name"
        }

        init(_ number: Int, _ verdict: String) {
            (sub, givenName, name, self.verdict) = ("sub-\(number)", "Guest\(number)", "Guest\(number) Berg", verdict)
        }
    }

    private static func phone(_ number: Int) -> String { "+474600000\(number)" }

    private func setPeople(_ server: SystemServer, _ verdicts: [Int: String]) async throws {
        let people = verdicts.map { (String(Self.phone($0.key).dropFirst()), Person($0.key, $0.value)) }
        try await server.setState(["people": Dictionary(uniqueKeysWithValues: people)])
    }

    private func enrol(_ number: Int, _ till: CountertopConnection, lane: String = "1") async throws -> EnrolmentEvent {
        try await till.enrolments.withStart(lane: lane, phone: Self.phone(number)) { steps in
            var last = EnrolmentEvent()
            for try await step in steps { last = step }
            return last
        }
    }

    @Test("Scans, enrolments, an hour without the internet and a crash: in the end both books hold the same members")
    func day() async throws {
        let server = try await SystemServer("vipps")
        let day = try StoreDay { folder in
            """
            systems:
              - name: vipps
                kind: vipps
                url: \(server.base)
                client_id: client-1
                client_secret: \(try StoreDay.secret("s3cret", in: folder, named: "secret"))
                subscription_key: \(try StoreDay.secret("subscription-1", in: folder, named: "subscription"))
                merchant_serial_number: "123456"
                consent_text: I join the club.
                first_look_seconds: 1
                exchange_seconds: 2
            """
        }
        let token = Array("https://qr.vipps.no/p/kari".utf8)
        let clear = Array("https://qr.vipps.no/28/2/01/031/\(SampleStore.kariPhone.dropFirst())?v=1".utf8)
        let kari = String(SampleStore.kariPhone.dropFirst())
        try await server.setState([
            "codes": [String(decoding: token, as: UTF8.self): kari, String(decoding: clear, as: UTF8.self): kari]
        ])
        // Longer than a loaded machine takes for the hour without the internet.
        try await server.setState(["expires_in": 600])
        try await setPeople(server, [1: "agree", 2: "deny", 3: "wait", 4: "agree", 5: "agree"])
        try await day.open()

        // In the morning all is well.
        try await day.withTill { till in
            let served = try await till.serve(token, basket: "b1")
            #expect(served.followUp?.state == .resolved && served.followUp?.attachment == .attached)
            #expect(try await enrol(1, till).state == .done)
            #expect(try await enrol(2, till).state == .denied)
        }

        // The internet goes while a customer is being asked.
        try await day.withTill { till in
            let asked = try await till.enrolments.withStart(lane: "1", phone: Self.phone(3)) { steps in
                for try await step in steps where step.state == .waiting { return step.enrolment }
                return ""
            }
            try await server.setDown(true)
            let token = try await till.serve(token, lane: "2", basket: "b2")
            #expect(token.followUp?.state == .unreachable)
            let clear = try await till.serve(clear, lane: "2", basket: "b3")
            #expect(clear.followUp?.resolution?.unconfirmed == true && clear.followUp?.attachment == .attached)
            let card = try await till.serve(Array(SampleStore.kariCard.utf8), lane: "2", basket: "b4")
            #expect(card.scan.attachment == .attached)
            let refused = try await enrol(4, till, lane: "2")
            #expect(refused.state == .failed && refused.message.contains("by hand"))
            // The customer answers, and the internet comes back.
            try await setPeople(server, [1: "agree", 2: "deny", 3: "agree", 4: "agree", 5: "wait"])
            try await server.setDown(false)
            let last = try await till.enrolments.withWatch(lane: "1", enrolment: asked) { steps in
                var last = EnrolmentEvent()
                for try await step in steps { last = step }
                return last
            }
            #expect(last.state == .done)
        }

        // The power goes while another is being asked.
        let asked = try await day.withTill { till in
            try await till.enrolments.withStart(lane: "1", phone: Self.phone(5)) { steps in
                for try await step in steps where step.state == .waiting { return step.enrolment }
                return ""
            }
        }
        await day.crash()
        try await setPeople(server, [1: "agree", 2: "deny", 3: "agree", 4: "agree", 5: "agree"])
        try await day.open()
        try await day.withTill { till in
            try await till.enrolments.withWatch(lane: "1", enrolment: asked) { steps in
                for try await step in steps where step.state == .done { break }
            }
            #expect(try await till.customers.resolve(code: Self.phone(5)).kind == .customer)
            // This edge has met no failure yet, and leaves nobody alone.
            #expect(try await enrol(4, till, lane: "2").state == .done)
        }

        // Who agreed there is a member here, with the evidence, and nobody else.
        let books = try await server.state(Books.self)
        #expect(Set(books.profiles) == Set([1, 3, 4, 5].map { String(Self.phone($0).dropFirst()) }))
        #expect(books.profiles.count == 4)
        // Nobody was asked twice.
        #expect(books.logins.count == 5)
        try await day.withTill { till in
            for number in [1, 3, 4, 5] {
                let found = try await till.customers.resolve(code: Self.phone(number)).customer
                #expect(found?.name == "Guest\(number) Berg")
                let permissions = try await till.customers.get(id: found?.id ?? "").customer?.permissions ?? []
                #expect(permissions.contains { $0.name == "membership" && $0.consentText == "I join the club." })
            }
            #expect(try await till.customers.resolve(code: Self.phone(2)).kind == .unknown)
        }
        for secret in ["4746000", "s3cret", "subscription-1", "qr.vipps.no"] { #expect(!day.log.contains(secret)) }
        await day.close()
    }
}
