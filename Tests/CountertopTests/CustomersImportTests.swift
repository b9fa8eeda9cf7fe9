import Foundation
import Testing
import Wire

@testable import countertop

@Suite struct CustomersImportTests {
    private let directory: URL

    init() throws {
        directory = FileManager.default.temporaryDirectory.appending(path: "ct-\(UUID().uuidString.prefix(8))")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        try """
        store: {company: storgata}
        state: \(directory.path)/state
        key: \(directory.path)/state/key
        listen: {port: 0, unix: \(directory.path)/edge.sock}
        usb: virtual
        """.write(to: directory.appending(path: "store.yaml"), atomically: true, encoding: .utf8)
        try "nr;navn;kort\n1;Kari Nordås;CARD1\n2;Ola Ås\n3;Nina Berg;CARD3\n"
            .write(to: directory.appending(path: "a.csv"), atomically: true, encoding: .utf8)
    }

    private var arguments: [String] {
        [
            "customers", "import", directory.appending(path: "a.csv").path, "--config",
            directory.appending(path: "store.yaml").path, "--map", "key=nr", "--map", "name=navn", "--map",
            "customer_card=kort",
        ]
    }

    /// What an import of the file comes to, without the time it took.
    private func check(_ done: Program) {
        #expect(done.status == 1, "\(done.errors)")
        let lines = done.output.split(separator: "\n").map(String.init)
        #expect(lines.first?.hasPrefix("3 rows in ") == true)
        #expect(lines.first?.hasSuffix("2 customers new or changed, 0 removed, 1 rows refused") == true)
        #expect(
            Array(lines.dropFirst()) == [
                "taken: key, name, customer_card; nothing else was kept",
                "1 x the row has fewer values than the first line has names",
                "  line 3, column 3: the row has fewer values than the first line has names",
            ])
        #expect(!done.output.contains("Nordås") && !done.output.contains("CARD"))
    }

    @Test("A file is imported while no edge runs, then by the edge that runs, which recognises its customers")
    func imports() async throws {
        defer { try? FileManager.default.removeItem(at: directory) }
        check(try await Program.run(arguments))
        let edge = try RunningProgram([
            "run", "--config", directory.appending(path: "store.yaml").path, "--log-level", "info",
        ])
        await edge.waitFor(errors: "Ready.")
        check(try await Program.run(arguments))
        let resolved = try await Program.run(
            ["resolve", "CARD3", "--edge", directory.appending(path: "edge.sock").path])
        #expect(resolved.output.contains("Nina Berg"), "\(resolved.errors)")
        let feeds = try await Program.run(
            ["customers", "feeds", "--edge", directory.appending(path: "edge.sock").path])
        #expect(feeds.output.hasPrefix("import  off"), "\(feeds.output)")
        edge.terminate()
        #expect(await edge.status() == 0)
    }

    @Test(
        "What is wrong with an import is said",
        arguments: [
            (["--map", "shoe=x"], "maps no field"), (["--map", "key"], "maps no field"),
            (["--format", "xml"], "is no format"),
            (["--separator", "ab"], "cannot be between values"),
        ])
    func mistakes(options: [String], words: String) async throws {
        defer { try? FileManager.default.removeItem(at: directory) }
        let done = try await Program.run(arguments + options)
        #expect(done.status != 0)
        #expect(done.errors.contains(words))
    }

    @Test("Progress is a bar with the rate and the time left")
    func meter() {
        let event = ImportEvent(rowsRead: 500_000, bytesRead: 50, bytesTotal: 100, rowsRefused: 3)
        #expect(
            ImportMeter.line(event, seconds: 10)
                == "[############............]  50 %  500,000 rows  50,000/s  10 s left  3 refused")
        #expect(ImportMeter.line(ImportEvent(rowsRead: 7), seconds: 0) == "7 rows")
        #expect(ImportMeter.line(ImportEvent(bytesRead: 1, bytesTotal: 1_000), seconds: 4).contains("1 h 6 min left"))
    }
}
