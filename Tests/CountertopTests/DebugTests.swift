import Foundation
import Testing

/// The technician's verbs, beside an edge with virtual devices and without one.
@Suite struct DebugTests {
    /// The objects of JSON lines.
    private func objects(_ text: String) throws -> [[String: Any]] {
        try text.split(separator: "\n").map { line in
            try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any], "\(line)")
        }
    }

    @Test("The devices of an edge are tested through it, and each step says how it ended")
    func testThroughEdge() async throws {
        try await CallStore.with { store in
            let display = try await Program.run(
                ["debug", "test", "virtual-display-1", "--pause", "0", "--edge", store.socket])
            #expect(display.status == 0, "\(display.errors)")
            #expect(display.output.contains("done      every cell shows #"))
            let scanner = try await Program.run(
                ["debug", "test", "virtual-scanner-1", "--pause", "0", "--json", "--edge", store.socket])
            #expect(scanner.status == 0, "\(scanner.errors)")
            let steps = try objects(scanner.output)
            #expect(steps.contains { $0["order"] as? String == "goodRead" && $0["end"] as? String == "done" })
            #expect(steps.contains { $0["order"] as? String == "aim" && $0["end"] as? String == "impossible" })
            let none = try await Program.run(["debug", "test", "9-9", "--edge", store.socket])
            #expect(none.status == 1 && none.errors.contains("countertop debug explain 9-9"))
        }
    }

    @Test("A watch beside an edge shows the edge's devices with their lanes, and ends when it is told to")
    func watchThroughEdge() async throws {
        try await CallStore.with { store in
            let watch = try RunningProgram(["debug", "watch", "--json", "--edge", store.socket])
            await watch.waitFor(output: "virtual-display-1")
            await watch.waitFor(output: "virtual-scanner-1")
            watch.terminate()
            #expect(await watch.status() == 0, "\(watch.errors())")
            let devices = try objects(watch.output()).compactMap { $0["device"] as? [String: Any] }
            #expect(devices.count == 2 && devices.allSatisfy { $0["lane"] as? String == "1" })
            #expect(watch.errors().contains("Ctrl-C ends."))
        }
    }

    @Test("A list and an explanation are JSON alone, whatever is plugged in, and need no configuration")
    func json() async throws {
        for verb in [["debug", "list"], ["debug", "explain"], ["give-back"]] {
            let program = try await Program.run(verb + ["--json", "--edge", "/tmp/no-such-edge.sock"])
            #expect(program.status != 1, "\(verb): \(program.errors)")
            for object in try objects(program.output) {
                #expect(object["path"] != nil || object["device"] != nil, "\(object)")
            }
        }
    }

    @Test("The virtual devices of an edge are listed and explained, and can be asked for a test code")
    func virtual() async throws {
        try await CallStore.with { store in
            let list = try await Program.run(["debug", "list", "--json", "--edge", store.socket])
            let paths = try objects(list.output).filter { $0["lane"] as? String == "1" }.compactMap {
                $0["path"] as? String
            }
            #expect(paths == ["virtual-display-1", "virtual-scanner-1"], "\(list.errors)")
            let explained = try await Program.run(["debug", "explain", "virtual-scanner-1", "--edge", store.socket])
            #expect(explained.status == 0, "\(explained.errors)")
            #expect(explained.output.contains("The edge uses it as a scanner of lane 1."), "\(explained.output)")
            #expect(explained.output.contains("Nothing to mend."))
            let test = try await Program.run([
                "debug", "explain", "virtual-scanner-1", "--test-code", "aZ09-/", "--seconds", "1", "--edge",
                store.socket,
            ])
            #expect(test.errors.contains("Scan the test code with virtual-scanner-1 now."), "\(test.errors)")
            #expect(test.status == 2 && test.output.contains("The test code was not read"), "\(test.output)")
        }
    }

    @Test("A device that is not plugged in is no fault of a device")
    func absent() async throws {
        let program = try await Program.run(["debug", "explain", "9-9"])
        #expect(program.status == 1 && program.errors.contains("9-9 is not plugged in"))
    }

    @Test("A test code needs the device that reads it")
    func testCode() async throws {
        let program = try await Program.run(["debug", "explain", "--test-code", "abc"])
        #expect(program.status != 0 && program.errors.contains("Name the device"))
    }
}
