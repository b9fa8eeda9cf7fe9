import Foundation
import Testing

@Suite("countertop pair")
struct PairCommandTests {
    @Test(
        "As long as the machine lacks the address that the edge is to have on the network, it warns that no till can come"
    )
    func away() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "ct-pair-\(UUID().uuidString.prefix(8))")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let config = folder.appending(path: "store.yaml").path
        // A number that nobody has (RFC 5737).
        try """
        state: \(folder.path)/state
        key: \(folder.path)/key
        listen: {unix: \(folder.path)/edge.sock}
        network: {host: 192.0.2.7, port: 0}
        usb: virtual
        sample_store: true
        """.write(toFile: config, atomically: true, encoding: .utf8)
        let edge = try RunningProgram(["run", "--config", config])
        await edge.waitFor(errors: "Ready.")
        #expect(edge.errors().contains("waiting-for="), "\(edge.errors())")
        let pair = try RunningProgram(["pair", "--config", config])
        await pair.waitFor(output: "good until")
        await pair.waitFor(errors: "no till can use the code")
        let warning = pair.errors()
        #expect(warning.contains("does not have the address 192.0.2.7"), "\(warning)")
        #expect(warning.contains("no till can use the code: countertop doctor --config \(config)"), "\(warning)")
        pair.terminate()
        _ = await pair.status()
        edge.terminate()
        #expect(await edge.status() == 0)
    }
}
