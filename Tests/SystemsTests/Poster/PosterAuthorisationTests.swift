import Foundation
import TestServers
import Testing

@testable import Systems

@Suite(.timeLimit(.minutes(2))) struct PosterAuthorisationTests {
    private static let code = "3d2e1f0a9b8c7d6e5f4a3b2c1d0e9f8a"

    private func connector(_ rig: PosterRig, _ more: [String: SystemSettings.Value] = [:]) throws -> PosterConnector {
        var values: [String: SystemSettings.Value] = [
            "account": .text("kaffe"), "oauth.application_id": .text("app1"),
            "oauth.application_secret": .text(try rig.bench.credential("app s3cret", named: "app")),
            "oauth.redirect_uri": .text("https://kaffe.example/back"), "oauth.url": .text(rig.server.base),
        ]
        values.merge(more) { $1 }
        return try rig.connector(values)
    }

    private static func answer(_ code: String, account: String = "kaffe") -> String {
        "https://kaffe.example/back?code=\(code)&account=\(account)"
    }

    @Test(
        "The owner agrees in a browser, and the code is exchanged once for a token that is written for its owner alone")
    func exchange() async throws {
        let rig = try await PosterRig()
        try await rig.server.setState(["code": Self.code])
        let connector = try connector(rig)
        let address = try #require(connector.authorisationAddress)
        #expect(
            address == rig.server.base
                + "/api/auth?application_id=app1&redirect_uri=https%3A%2F%2Fkaffe.example%2Fback&response_type=code")
        let words = try await connector.authorise(answer: Self.answer(Self.code))
        let place = rig.bench.directory.file("token")
        #expect(words.contains(place))
        let text = try String(contentsOfFile: place, encoding: .utf8)
        #expect(text == "861052:02391570ff9af128e93c5a771055ba88\n" && !words.contains("861052"))
        let mode = try FileManager.default.attributesOfItem(atPath: place)[.posixPermissions] as? Int
        #expect(mode == 0o600)
        // The connector reads it anew: it is let in with the new token at once.
        #expect(try await connector.source.page(after: nil).changes.count == 3)
        let again = await #expect(throws: SystemsError.self) {
            try await connector.authorise(answer: Self.answer(Self.code))
        }
        #expect(again?.message.contains("begin anew") == true && again?.description.contains("Nordmann") == false)
    }

    @Test(
        "An address without a code, of another account, or of somebody who said no is refused, and asks nobody",
        arguments: [
            "https://kaffe.example/back", "nonsense", answer("short"), answer(code, account: "other"),
            "https://kaffe.example/back?error=access_denied",
        ])
    func refused(_ answer: String) async throws {
        let rig = try await PosterRig()
        let connector = try connector(rig)
        let error = await #expect(throws: SystemsError.self) { try await connector.authorise(answer: answer) }
        #expect(error?.code == .refused)
        #expect(try await rig.server.requests().isEmpty)
    }

    @Test("A code whose answer is lost is not shown twice")
    func lost() async throws {
        let rig = try await PosterRig()
        try await rig.server.setState(["code": Self.code])
        let connector = try connector(rig)
        try await rig.server.misbehave("hang")
        await #expect(throws: SystemsError.self) { try await connector.authorise(answer: Self.answer(Self.code)) }
        #expect(try await rig.server.requests().count == 1)
    }

    @Test("A token of OAuth is warned of a month before its two years are over, and a personal one never")
    func time() async throws {
        let rig = try await PosterRig()
        let connector = try connector(rig)
        #expect(connector.warnings.isEmpty)
        rig.bench.clock.pass(.seconds(701 * 86_400))
        #expect(connector.warnings.count == 1 && connector.warnings[0].contains("28 days more"))
        rig.bench.clock.pass(.seconds(40 * 86_400))
        #expect(connector.warnings[0].contains("past its time"))
        #expect(try rig.connector().warnings.isEmpty)
    }

    @Test("What is missing of an authorisation, and an account that is no name, are refused in the configuration")
    func settings() async throws {
        let rig = try await PosterRig()
        #expect(throws: SettingFault.self) { try rig.connector(["account": .text("kaffe")]) }
        #expect(throws: SettingFault.self) { try connector(rig, ["account": .text("evil.example/")]) }
    }
}
