import CountertopClient
import Foundation
import Testing
import Wire

/// `countertop key`, beside an edge that is never started again but where it is killed.
@Suite("countertop key", .timeLimit(.minutes(5)))
struct KeyCommandTests {
    /// So many that their rewriting takes some seconds.
    private static let customers = 6_000

    private struct Store {
        let folder: URL
        var socket: String { folder.appending(path: "edge.sock").path }
        var config: String { folder.appending(path: "store.yaml").path }

        init() throws {
            folder = FileManager.default.temporaryDirectory.appending(path: "ct-key-\(UUID().uuidString.prefix(8))")
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            let rows = (0..<customers).map {
                #"{"key": "\#($0)", "name": "Kari \#($0)", "customer_card": "CARD-\#($0)"}"#
            }
            let members = folder.appending(path: "members.jsonl")
            try (rows.joined(separator: "\n") + "\n").write(to: members, atomically: true, encoding: .utf8)
            try """
            store: {name: Storgata, region: NO, company: storgata}
            state: \(folder.path)/state
            key: \(folder.path)/key
            listen: {port: 0, unix: \(socket)}
            lanes: [{name: "1", devices: []}]
            usb: virtual
            feeds:
              - name: members
                file: \(members.path)
                schedule: daily at 03:00
                allow: [name, customer_card]
            """.write(toFile: config, atomically: true, encoding: .utf8)
        }

        func start() async throws -> RunningProgram {
            let edge = try RunningProgram(["run", "--config", config])
            await edge.waitFor(errors: "Ready.")
            #expect(edge.errors().contains("Ready."), "\(edge.errors())")
            return edge
        }

        func key(_ verb: String) async throws -> Program { try await Program.run(["key", verb, "--config", config]) }

        /// Waits until the edge's health is as it is to be, and resolves and scans all the while.
        func wait(_ holds: (HealthAnswer) -> Bool) async throws {
            try await CountertopClient.withConnection(to: .unix(path: socket), client: "kassa/test") { edge in
                var number = 0
                while true {
                    let answer = try await edge.health.check()
                    for _ in 0..<5 {
                        number = (number + 7_919) % customers
                        let found = try await edge.customers.resolve(code: "CARD-\(number)").customer
                        try #require(found?.name == "Kari \(number)")
                    }
                    _ = try await edge.lanes.enter(lane: "1", code: "CARD-\(number)")
                    if holds(answer) { return }
                }
            }
        }
    }

    @Test("rotate and retire beside a running edge, which is killed amid the rewriting, and answers all the while")
    func whileRunning() async throws {
        let store = try Store()
        defer { try? FileManager.default.removeItem(at: store.folder) }
        var edge = try await store.start()
        try await CountertopClient.withConnection(to: .unix(path: store.socket), client: "kassa/test") { edge in
            try await edge.health.withWatch { answers in
                for try await answer in answers where answer.replicaComplete { return }
            }
        }
        let rotated = try await store.key("rotate")
        #expect(rotated.status == 0, "\(rotated.errors)")
        #expect(rotated.output.contains("seals under the new key from now on"))
        try await store.wait { health in
            health.findings.contains { $0.reason == "KEY_CHANGING" && $0.message.contains("replica.db") }
        }
        let early = try await store.key("retire")
        #expect(early.status != 0 && early.errors.contains("replica.db still needs the key before"), "\(early.errors)")
        edge.kill()
        _ = await edge.status()
        edge = try await store.start()
        try await store.wait { $0.findings.contains { $0.reason == "KEY_RETIRABLE" } }
        let retired = try await store.key("retire")
        #expect(retired.status == 0, "\(retired.errors)")
        try await store.wait { health in !health.findings.contains { $0.reason.hasPrefix("KEY_") } }
        edge.terminate()
        #expect(await edge.status() == 0)
        // The file holds one key, and everything opens with it.
        edge = try await store.start()
        try await store.wait { _ in true }
        edge.terminate()
        #expect(await edge.status() == 0)
        let alone = try await store.key("rotate")
        #expect(alone.status == 0 && alone.output.contains("No edge runs"), "\(alone.errors)")
    }
}
