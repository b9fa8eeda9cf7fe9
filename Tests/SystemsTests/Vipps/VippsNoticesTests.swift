import Crypto
import Foundation
import Synchronization
import TestServers
import Testing

@testable import Systems

@Suite(.timeLimit(.minutes(2))) struct VippsNoticesTests {
    /// Vipps's own example of a signed webhook, recomputed.
    private static let secret =
        "A0+AeKBRG2KRGvnNwJpQlb6IJFk48CKXCIcrLoHncVJKDILsQSxS6NWCccwWm6r6FhGKhiHTBsG2wo/xU6FY/A=="
    private static var example: Notice {
        Notice(
            id: "1", receivedAt: StoreBench.noon, target: "/e2cee29b-012e-4f1d-8ef4-e95fd74a7a63",
            headers: [
                "host": "webhook.site", "x-ms-date": "Thu, 30 Mar 2023 08:38:32 GMT",
                "x-ms-content-sha256": "lNlsp1XA03N34HrQsVzPgJKtC+r7l/RBF4V3JQUWMj4=",
                "authorization": "HMAC-SHA256 SignedHeaders=x-ms-date;host;x-ms-content-sha256&Signature="
                    + "agAiSyogQbDHpeucoNwYz+yAr5nJ+v+zasdkSbqzv+U=",
            ], body: Array(#"{"some-unique-content":"ee6e441b-cc4a-46f8-895d-a5af79bcc233/hello-world"}"#.utf8))
    }

    /// A notice signed under the secret.
    static func signed(_ body: String, secret: String) -> Notice {
        let content = Data(SHA256.hash(data: Data(body.utf8))).base64EncodedString()
        let (target, date, host) = ("/in/vipps", "Mon, 30 Nov 2026 08:00:00 GMT", "relay.example")
        let code = HMAC<SHA256>.authenticationCode(
            for: Data("POST\n\(target)\n\(date);\(host);\(content)".utf8),
            using: SymmetricKey(data: Data(secret.utf8)))
        return Notice(
            id: "1", receivedAt: StoreBench.noon, target: target,
            headers: [
                "host": host, "x-ms-date": date, "x-ms-content-sha256": content,
                "authorization": "HMAC-SHA256 SignedHeaders=x-ms-date;host;x-ms-content-sha256&Signature="
                    + Data(code).base64EncodedString(),
            ], body: Array(body.utf8))
    }

    /// An unsigned token, as withdrawn consents come.
    private static func token(_ subject: String) -> [UInt8] {
        let part = { (text: String) in
            Data(text.utf8).base64EncodedString().replacing("+", with: "-").replacing("/", with: "_").replacing(
                "=", with: "")
        }
        return Array("\(part(#"{"alg":"none"}"#)).\(part(#"{"sub":"\#(subject)","event":"CONSENT_REVOKED"}"#)).".utf8)
    }

    @Test("A webhook is proven by Vipps's own example, and by nothing that differs from it")
    func signature() {
        #expect(VippsNotices.isProven(Self.example, by: Secret(Self.secret)))
        #expect(!VippsNotices.isProven(Self.example, by: Secret("other")))
        var changed = [Self.example, Self.example, Self.example, Self.example]
        changed[0].body.append(0x20)
        changed[1].target += "?x"
        changed[2].headers["x-ms-date"] = "Thu, 30 Mar 2023 08:38:33 GMT"
        changed[3].headers["authorization"] = nil
        for notice in changed { #expect(!VippsNotices.isProven(notice, by: Secret(Self.secret))) }
    }

    private final class Told: Sendable {
        let logins = Mutex<[String]>([])
        let withdrawals = Mutex<[String]>([])
    }

    private func connector(_ bench: SystemBench, _ told: Told, takes: Bool = true) throws -> VippsConnector {
        var tools = try bench.tools()
        tools.loginAnswered = { request in told.logins.withLock { $0.append(request) } }
        tools.consentWithdrawn = { system, subject, _ in
            told.withdrawals.withLock { $0.append("\(system) \(subject)") }
            return takes
        }
        let settings = SystemSettings(
            name: "vipps", kind: "vipps",
            values: [
                "client_id": .text("client-1"), "client_secret": .text(try bench.credential("s3cret")),
                "subscription_key": .text(try bench.credential("subscription-1", named: "key")),
                "merchant_serial_number": .text("123456"), "relay.url": .text("http://127.0.0.1:9/notices"),
                "relay.key": .text(try bench.credential("k", named: "relay")),
                "relay.webhook_secret": .text(try bench.credential("hook", named: "hook")),
                "relay.consent_secret": .text(try bench.credential("p4th-of-vipps-alone", named: "consent")),
            ])
        return try VippsConnector(settings, tools)
    }

    @Test("A login that was answered is told by its name, and other events are passed over")
    func logins() async throws {
        let told = Told()
        // The credentials are there as long as the bench is.
        let bench = try await SystemBench("vipps")
        defer { withExtendedLifetime(bench) {} }
        let connector = try connector(bench, told)
        let ping = Self.signed(#"{"auth_req_id":"request-7"}"#, secret: "hook")
        #expect(try await connector.take(ping) == .taken)
        #expect(told.logins.withLock { $0 } == ["request-7"])
        #expect(try await connector.take(Self.signed(#"{"customerToken":"t"}"#, secret: "hook")) == .passedOver)
        #expect(try await connector.take(Self.signed(#"{"auth_req_id":"r"}"#, secret: "other")) == .unproven)
        #expect(told.logins.withLock { $0.count } == 1)
    }

    @Test(
        "A withdrawn consent counts only when it came to the path that Vipps alone knows, and until it is written down it comes again"
    )
    func withdrawal() async throws {
        let told = Told()
        let bench = try await SystemBench("vipps")
        let connector = try connector(bench, told)
        var notice = Notice(
            id: "1", receivedAt: StoreBench.noon, target: "/in/consents/p4th-of-vipps-alone?a=b",
            body: Self.token("sub-1"))
        #expect(try await connector.take(notice) == .taken)
        #expect(told.withdrawals.withLock { $0 } == ["vipps sub-1"])
        notice.target = "/in/consents/guessed"
        #expect(try await connector.take(notice) == .unproven)
        notice.target = "/in/consents/p4th-of-vipps-alone"
        notice.body = Array("no token".utf8)
        #expect(try await connector.take(notice) == .unproven)
        #expect(told.withdrawals.withLock { $0.count } == 1)
        let full = try self.connector(bench, told, takes: false)
        notice.body = Self.token("sub-2")
        let last = notice
        await #expect(throws: SystemsError.self) { try await full.take(last) }
    }
}
