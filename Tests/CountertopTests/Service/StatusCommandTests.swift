import Foundation
import Testing

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

    @Test("Without an edge it ends with 2, and says what to do")
    func nobody() async throws {
        let nobody = try await Program.run(["status", "--edge", "/nowhere/edge.sock"])
        #expect(nobody.status == 2)
        #expect(nobody.errors.contains("countertop doctor"), "\(nobody.errors)")
    }
}
