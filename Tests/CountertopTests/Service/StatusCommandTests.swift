import ArgumentParser
import CountertopClient
import Foundation
import Testing
import Wire

@testable import countertop

@Suite("countertop status")
struct StatusCommandTests {
    @Test("It shows lanes, devices, customers and the machine, for people and for scripts")
    func shown() async throws {
        try await CallStore.with { store in
            let text = try await Program.run(["status", "--edge", store.socket])
            #expect(text.status == 0, "\(text.errors)")
            for words in ["serving", "lane 1, no till", "scanner ready", "in the local copy, complete", "journal.db: "]
            {
                #expect(text.output.contains(words), "\(words) in \(text.output)")
            }
            let json = try await Program.run(["status", "--json", "--edge", store.socket])
            let object = try #require(
                try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any])
            #expect(object["state"] as? String == "SERVING_STATE_SERVING")
            #expect((object["lanes"] as? [Any])?.isEmpty == false)
        }
    }

    @Test(
        "Whoever is not told is told what helps: the doctor, somebody who may, or a new pairing",
        arguments: [
            ([], StatusCode.unavailable, "CONNECT_FAILED", "countertop doctor"),
            (["--edge", "/run/two.sock"], .unavailable, "CONNECT_FAILED", "countertop doctor --edge /run/two.sock"),
            ([], .permissionDenied, "LOCAL_USER_UNKNOWN", "sudo countertop status"),
            (["--edge", "tls://edge:7433"], .permissionDenied, "ROLE_INSUFFICIENT", "countertop status there"),
            (["--edge", "tls://edge:7433"], .unauthenticated, "TILL_REVOKED", "countertop join HOST CODE"),
            (
                ["--edge", "tls://edge:7433"], .unavailable, "CONNECT_FAILED",
                "on the edge's machine: countertop doctor"
            ),
        ])
    func hints(arguments: [String], code: StatusCode, reason: String, words: String) throws {
        let command = try StatusCommand.parse(arguments)
        let hint = command.hint(CountertopError(code, reason: reason, message: "No."))
        #expect(hint.hasSuffix(words), "\(hint)")
    }

    @Test("It shows it again and again when it watches")
    func watch() async throws {
        try await CallStore.with { store in
            let watch = try RunningProgram(["status", "--watch", "--json", "--edge", store.socket])
            await watch.waitFor(output: "}\n{")
            watch.terminate()
            _ = await watch.status()
            #expect(watch.output().split(separator: "\n").count >= 2)
        }
    }

    @Test("A watch outlives the edge, and shows it again when it is back")
    func outlives() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "ct-watch-\(UUID().uuidString.prefix(8))")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let config = folder.appending(path: "store.yaml").path
        func start(_ store: String) async throws -> RunningProgram {
            try """
            store: {name: \(store), region: "NO", company: a}
            state: \(folder.path)/state
            key: \(folder.path)/key
            listen: {port: 0, unix: \(folder.path)/edge.sock}
            usb: virtual
            """.write(toFile: config, atomically: true, encoding: .utf8)
            let edge = try RunningProgram(["run", "--config", config])
            await edge.waitFor(errors: "Ready.")
            return edge
        }
        let first = try await start("Storgata")
        let watch = try RunningProgram(["status", "--watch", "--json", "--config", config])
        await watch.waitFor(output: "Storgata")
        first.terminate()
        _ = await first.status()
        await watch.waitFor(errors: "It is asked again")
        let second = try await start("Lillegata")
        await watch.waitFor(output: "Lillegata")
        #expect(watch.output().contains("Lillegata"), "\(watch.errors())")
        watch.terminate()
        second.terminate()
        _ = await (watch.status(), second.status())
    }

    @Test(
        "Status and doctor end alike with what an edge says of itself",
        arguments: [
            ([], 0), (["KEY_CHANGING"], 0), (["KEY_RETIRABLE"], 1), (["REPLICA_INCOMPLETE"], 1),
            (["JOURNAL_UNWRITABLE"], 1), (["KEY_CHANGING", "REPLICA_UNREADABLE"], 2),
        ] as [([String], Int32)])
    func endings(_ reasons: [String], _ status: Int32) {
        let findings = reasons.map { Finding(reason: $0, message: "It is so.") }
        let states = [ServingState.serving, .degraded, .notServing]
        let state = states[Int(reasons.contains("KEY_RETIRABLE") ? 0 : status)]
        #expect(StandingExit(StatusAnswer(state: state, findings: findings)).rawValue == status)
        var installation = Installation()
        installation.status = StatusAnswer(state: state, findings: findings)
        var examination = Examination(installation)
        let before = examination.findings.count
        examination.edge()
        let severity = examination.findings.dropFirst(before).map(\.severity).max() ?? .fine
        #expect(StandingExit(severity).rawValue == status)
    }

    @Test("Without an edge it ends with 2, and says what to do")
    func nobody() async throws {
        let nobody = try await Program.run(["status", "--edge", "/nowhere/edge.sock"])
        #expect(nobody.status == 2)
        #expect(nobody.errors.contains("countertop doctor"), "\(nobody.errors)")
    }
}
