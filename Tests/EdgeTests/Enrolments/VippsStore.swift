import CountertopClient
import Customers
import Foundation
import Systems
import TestServers
import Wire

@testable import Edge

/// A store whose customers come by Vipps MobilePay, and the books of both.
struct VippsStore {
    struct Login: Decodable {
        let number: String
        let binding: String
        let polls: [Double]
    }

    struct CheckIn: Decodable, Equatable {
        let phoneNumber: String
        let isMember: Bool
    }

    struct Books: Decodable {
        let exchanges: [String]
        let logins: [String: Login]
        let checkins: [CheckIn]
        let profiles: [String]
    }

    struct Person: Encodable {
        var sub: String
        var name: String
        var givenName: String
        var familyName: String
        var email = ""
        var verdict = "agree"

        init(_ sub: String, _ given: String, _ family: String, verdict: String = "agree") {
            (self.sub, givenName, familyName, name) = (sub, given, family, "\(given) \(family)")
            self.verdict = verdict
        }

        enum CodingKeys: String, CodingKey {
            case sub, name, email, verdict
            case givenName = "given_name"
            case familyName = "family_name"
        }
    }

    let rig: StoreRig
    let server: SystemServer

    var books: Books { get async throws { try await server.state() } }

    static let code = "https://qr.vipps.no/p/kariTOKEN"
    static let newcomersCode = "https://qr.vipps.no/p/newTOKEN"
    static let newcomersPhone = "+4746123456"

    /// The clear-text code of a phone number.
    static func clearCode(_ phone: String) -> String { "https://qr.vipps.no/28/2/01/031/\(phone.dropFirst())?v=1" }

    /// What Vipps sends when a member takes the consent back: a token that nobody signed.
    static func withdrawal(of subject: String) -> String {
        let part = { (text: String) in Data(text.utf8).base64EncodedString().replacing("=", with: "") }
        return part(#"{"alg":"none"}"#) + "." + part(#"{"sub":"\#(subject)"}"#) + "."
    }

    /// Runs an edge with the sample store and a system of Vipps's.
    static func with<Result>(
        directory: TemporaryDirectory? = nil, server: SystemServer? = nil, relay: SystemServer? = nil,
        others: [SystemSettings] = [], time: StoreTime = .real, exchangeSeconds: Int = 3,
        _ body: (VippsStore) async throws -> Result
    ) async throws -> Result {
        let isOwn = server == nil
        let outside: SystemServer
        if let server { outside = server } else { outside = try await SystemServer("vipps") }
        if isOwn {
            try await outside.setState([
                "codes": [code: String(SampleStore.kariPhone.dropFirst()), newcomersCode: "4746123456"]
            ])
            try await outside.setState(["people": ["4746123456": Person("sub-new", "Nora", "Berg")]])
        }
        let directory = try directory ?? TemporaryDirectory()
        for (name, text) in [
            ("secret", "s3cret"), ("subscription", "subscription-1"), ("relay", "relay k3y"), ("consent", "p4th"),
        ] {
            try Data(text.utf8).write(to: URL(fileURLWithPath: directory.file(name)))
            chmod(directory.file(name), 0o600)
        }
        var settings = SystemSettings(
            name: "vipps", kind: "vipps",
            values: [
                "url": .text(outside.base), "client_id": .text("client-1"),
                "client_secret": .text(directory.file("secret")),
                "subscription_key": .text(directory.file("subscription")), "merchant_serial_number": .text("123456"),
                "exchange_seconds": .integer(exchangeSeconds), "first_look_seconds": .integer(1),
                "check_in": .flag(true),
                "consent_text": .text("I join the club of this store."),
            ])
        if let relay {
            settings.values["relay.url"] = .text(relay.base + "/notices")
            settings.values["relay.key"] = .text(directory.file("relay"))
            settings.values["relay.consent_secret"] = .text(directory.file("consent"))
            settings.values["relay.schedule"] = .text("every 5 seconds")
        }
        if !others.isEmpty { settings.values["tell"] = .texts(others.map(\.name)) }
        return try await StoreRig.with(
            directory: directory, time: time, { [settings] in $0.systems = [settings] + others },
            { rig in
                try await body(VippsStore(rig: rig, server: outside))
            })
    }
}

extension LaneWatch.Iterator {
    /// What is said of the scan with that number.
    mutating func nextFollowUp(to sequence: UInt64) async throws -> FollowUp {
        while let event = try await next() {
            if case .followUp(let followUp) = event.event, followUp.sequence == sequence { return followUp }
        }
        throw RigError(description: "The watch ended.")
    }
}

extension CountertopConnection {
    /// Starts an enrolment and follows it to its end.
    func enrol(_ phone: String, lane: String = "1") async throws -> [EnrolmentEvent] {
        try await enrolments.withStart(lane: lane, phone: phone) { steps in
            var events: [EnrolmentEvent] = []
            for try await step in steps { events.append(step) }
            return events
        }
    }
}
