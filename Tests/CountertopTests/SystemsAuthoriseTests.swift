import Foundation
import TestServers
import Testing

/// `countertop systems authorise`, as a person runs it beside a browser.
@Suite(.timeLimit(.minutes(2))) struct SystemsAuthoriseTests {
    private struct Books: Decodable {
        let token: String
        let given: [String]
    }

    private let folder: URL
    private let server: SystemServer

    init() async throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "ct-oauth-\(UUID().uuidString.prefix(8))")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        server = try await SystemServer("poster")
    }

    private func configuration(applicationID: String = "app1") throws -> String {
        let file = folder.appending(path: "store.yaml")
        try """
        store: {name: Kaffe, region: "NO", company: kaffe}
        state: \(folder.path)/state
        key: \(folder.path)/state/key
        listen: {port: 0, unix: \(folder.path)/edge.sock}
        lanes: [{name: "1", devices: []}]
        usb: virtual
        systems:
          - name: poster
            kind: poster
            url: \(server.base)/api
            token: \(folder.path)/token
            account: kaffe
            allow: [first_name, phone]
            oauth:
              application_id: \(applicationID)
              application_secret: \(try StoreDay.secret("app s3cret", in: folder, named: "secret"))
              redirect_uri: https://kaffe.example/back
              url: \(server.base)
        """.write(to: file, atomically: true, encoding: .utf8)
        return file.path
    }

    private var token: String? { try? String(contentsOf: folder.appending(path: "token"), encoding: .utf8) }

    /// Runs the command, and opens the address that it shows in a browser.
    private func authorise(_ file: String) async throws -> (program: RunningProgram, back: String?) {
        let program = try RunningProgram(["systems", "authorise", "poster", "--config", file], isTypedInto: true)
        await program.waitFor(output: "paste here")
        let address = program.output().split(separator: "\n").map(String.init).first { $0.hasPrefix(server.base) }
        return (program, try await server.browse(try #require(address)))
    }

    @Test("The owner agrees at the address that is shown, and a running edge is let in with the token that comes back")
    func agrees() async throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = try configuration()
        let edge = try RunningProgram(["run", "--config", file])
        await edge.waitFor(errors: "Ready.")
        let check = ["systems", "check", "poster", "--edge", folder.path + "/edge.sock"]
        let before = try await Program.run(check)
        #expect(before.status != 0 && (before.output + before.errors).contains(folder.path + "/token"))

        let (program, back) = try await authorise(file)
        try program.type(try #require(back))
        #expect(await program.status() == 0, "\(program.errors())")
        let books = try await server.state(Books.self)
        #expect(token == books.token + "\n" && books.given.count == 1)
        let mode = try FileManager.default.attributesOfItem(atPath: folder.path + "/token")[.posixPermissions] as? Int
        #expect(mode == 0o600)

        let after = try await Program.run(check)
        #expect(after.status == 0 && after.output.contains("takes the token"), "\(after.errors)")
        // The same way back once more: its code was good once, and what is there stays.
        let again = try await Program.run(
            ["systems", "authorise", "poster", "--config", file, "--answer", try #require(back)])
        #expect(again.status != 0 && again.errors.contains("good once"))
        #expect(token == books.token + "\n")
        edge.terminate()
        _ = await edge.status()
        for text in [program.output(), program.errors(), again.errors, edge.errors()] {
            for secret in [books.token, books.given[0], "app s3cret"] {
                #expect(!text.contains(secret), "\(secret) was shown")
            }
        }
    }

    @Test("Whoever says no, is another account's owner, or has another application is let in nowhere, and is told why")
    func refuses() async throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = try configuration()
        try await server.setState(["verdict": "no"])
        let (denied, noWay) = try await authorise(file)
        try denied.type(try #require(noWay))
        #expect(await denied.status() != 0 && denied.errors().contains("Nobody agreed at Poster (access_denied)"))

        try await server.setState(["verdict": "agree", "account": "other"])
        let (other, way) = try await authorise(file)
        try other.type(try #require(way))
        #expect(await other.status() != 0 && other.errors().contains("another account than kaffe"))

        let (stranger, nowhere) = try await authorise(try configuration(applicationID: "app2"))
        #expect(nowhere == nil)
        try stranger.type("")
        #expect(await stranger.status() != 0 && stranger.errors().contains("nothing was changed"))
        #expect(token == nil)
        #expect(try await server.state(Books.self).given.isEmpty)
    }
}
