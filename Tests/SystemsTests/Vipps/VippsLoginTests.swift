import Customers
import Foundation
import TestServers
import Testing

@testable import Systems

@Suite struct VippsLoginTests {
    private func bench(
        _ person: VippsBench.Person = VippsBench.Person(), _ change: [String: SystemSettings.Value] = [:]
    ) async throws -> VippsBench {
        let bench = try await VippsBench(change)
        try await bench.bench.server.setState(["people": ["4741234567": person]])
        return bench
    }

    private func start(_ bench: VippsBench, interval expected: Duration = .seconds(1)) async throws -> Secret? {
        let started = try await bench.connector.login.start("+4741234567", binding: "ABC-234")
        guard case .asked(let request, let life, let interval) = started else { return nil }
        #expect(life == .seconds(60) && interval == expected)
        return request
    }

    @Test("A customer is asked, agrees, and lets the fewest things be told")
    func whole() async throws {
        let bench = try await bench()
        let login = bench.connector.login
        #expect(try await login.hasAccount("+4741234567"))
        #expect(try await login.hasAccount("+4741234568") == false)
        let request = try #require(try await start(bench))
        guard case .agreed(let token) = try await login.poll(request) else {
            Issue.record("The customer did not agree.")
            return
        }
        let profile = try await login.profile(token)
        #expect(profile.subject == "sub-1" && profile.phone == "+4741234567")
        #expect(profile.name == "Kari Nordås" && profile.firstName == "Kari" && profile.email.isEmpty)
        let books = try await bench.books
        #expect(books.logins.values.first?.scope == "openid name phoneNumber")
        #expect(books.logins.values.first?.binding == "ABC-234")
        #expect(try await bench.bench.server.requests().count { $0.path.contains("well-known") } == 1)
    }

    @Test(
        "Each answer is told from the others",
        arguments: [
            ("wait", LoginRefusal.pending), ("deny", .denied), ("expire", .expired),
        ])
    func polls(_ verdict: String, _ refusal: LoginRefusal) async throws {
        var person = VippsBench.Person()
        person.verdict = verdict
        let bench = try await bench(person)
        let request = try #require(try await start(bench))
        #expect(try await bench.connector.login.poll(request) == .refused(refusal))
    }

    @Test(
        "A customer who cannot be asked is told from one who may not be asked now",
        arguments: [
            ("invalid_user", LoginRefusal.noAccount), ("old_app", .appTooOld),
            ("too_many", .tooMany(retryAfter: .seconds(90))),
        ])
    func starts(_ verdict: String, _ refusal: LoginRefusal) async throws {
        var person = VippsBench.Person()
        person.verdict = verdict
        let bench = try await bench(person)
        #expect(try await bench.connector.login.start("+4741234567", binding: "") == .refused(refusal))
    }

    @Test("Whoever looks too often is told to slow down")
    func slowDown() async throws {
        var person = VippsBench.Person()
        person.verdict = "wait"
        let bench = try await bench(person)
        // Longer than a loaded machine lies between the two.
        try await bench.bench.server.setState(["interval": 60])
        let request = try #require(try await start(bench, interval: .seconds(60)))
        #expect(try await bench.connector.login.poll(request) == .refused(.pending))
        #expect(try await bench.connector.login.poll(request) == .refused(.slowDown))
    }

    @Test("A start whose outcome nobody knows is not made again")
    func unknownOutcome() async throws {
        let bench = try await bench()
        _ = try await bench.connector.login.hasAccount("+4741234567")
        try await bench.bench.server.misbehave("", "after:hang")
        let error = await #expect(throws: SystemsError.self) {
            try await bench.connector.login.start("+4741234567", binding: "")
        }
        #expect(error?.code == .outcomeUnknown)
        #expect(try await bench.books.logins.count == 1)
    }

    @Test("Consents come with their texts and their time, and are permissions")
    func consents() async throws {
        let bench = try await bench(
            VippsBench.Person(), ["scope": .text("openid name phoneNumber email delegatedConsents")])
        let consents = ConsentState(
            consents: ConsentState.Consents(
                language: "NO", heading: "Kundeklubb", text: "Ja takk.", timeOfConsent: "2026-11-29T12:00:00Z",
                consents: [
                    .init(id: "email", accepted: true, required: false, textDisplayedToUser: "E-post"),
                    .init(id: "sms", accepted: false, required: false, textDisplayedToUser: "SMS"),
                ]))
        try await bench.bench.server.setState(consents)
        let request = try #require(try await start(bench))
        guard case .agreed(let token) = try await bench.connector.login.poll(request) else { return }
        let profile = try await bench.connector.login.profile(token)
        #expect(profile.email == "kari.nordas@example.com" && profile.language == "no")
        let permissions = profile.permissions(membershipText: "Vilkår", now: .now)
        #expect(permissions.map(\.name) == ["membership", "email", "sms"])
        #expect(permissions.map(\.granted) == [true, true, false])
        #expect(permissions[1].consentText == "Kundeklubb\nJa takk.\nE-post")
        #expect(permissions[1].changedAt == FieldText.time("2026-11-29T12:00:00Z"))
    }

    private struct ConsentState: Encodable {
        struct Consents: Encodable {
            struct One: Encodable {
                let id: String
                let accepted: Bool
                let required: Bool
                let textDisplayedToUser: String
            }

            let language: String
            let heading: String
            let text: String
            let timeOfConsent: String
            let consents: [One]
        }

        let consents: Consents
    }

    @Test("The check tells good credentials from bad ones")
    func check() async throws {
        let right = try await bench()
        #expect(try await right.connector.check().contains("gives a token"))
        let wrong = try await bench(VippsBench.Person(), ["client_id": .text("nobody")])
        let error = await #expect(throws: SystemsError.self) { try await wrong.connector.check() }
        #expect(error?.code == .refused)
        #expect(error?.message.contains("client_id") == true)
    }

    @Test("A scope without which nobody is known again is refused in the configuration")
    func scope() async throws {
        await #expect(throws: SettingFault.self) {
            _ = try await VippsBench(["scope": .text("openid name")])
        }
    }
}
