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
    /// - Parameter isSecond: whether the same was imported before.
    private func check(_ done: Program, isSecond: Bool) {
        #expect(done.status == 1, "\(done.errors)")
        let lines = done.output.split(separator: "\n").map(String.init)
        #expect(lines.first?.hasPrefix("3 rows in ") == true)
        let taken = isSecond ? "0 new or changed, 2 as they were" : "2 new or changed, 0 as they were"
        #expect(lines.first?.hasSuffix(": \(taken), 0 removed, 1 refused") == true, "\(done.output)")
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
        check(try await Program.run(arguments), isSecond: false)
        let edge = try RunningProgram([
            "run", "--config", directory.appending(path: "store.yaml").path, "--log-level", "info",
        ])
        await edge.waitFor(errors: "Ready.")
        check(try await Program.run(arguments), isSecond: true)
        let resolved = try await Program.run(
            ["resolve", "CARD3", "--edge", directory.appending(path: "edge.sock").path])
        #expect(resolved.output.contains("Nina Berg"), "\(resolved.errors)")
        let feeds = try await Program.run(
            ["customers", "feeds", "--edge", directory.appending(path: "edge.sock").path])
        #expect(feeds.output.hasPrefix("import  imported from a file"), "\(feeds.output)")
        let socket = directory.appending(path: "edge.sock").path
        let unsure = try await Program.run(["customers", "forget", "import", "--edge", socket])
        #expect(unsure.status == 64 && unsure.errors.contains("Say --yes"), "\(unsure.errors)")
        let forgotten = try await Program.run(["customers", "forget", "import", "--yes", "--edge", socket])
        #expect(forgotten.status == 0 && forgotten.output.contains("were taken out, and import is forgotten"))
        let again = try await Program.run(["customers", "forget", "import", "--yes", "--edge", socket])
        #expect(again.status == 1 && again.errors.contains("knows no source of that name"), "\(again.errors)")
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

    /// Rows of which each becomes something else: one stands there twice, one has another's card, one goes on as another, and
    /// one leaves.
    private static let rows: [(csv: String, json: String)] = [
        ("1;Kari;CARD1;;", #"{"key": "1", "name": "Kari", "customer_card": "CARD1"}"#),
        ("1;Kari;CARD1;;", #"{"key": "1", "name": "Kari", "customer_card": "CARD1"}"#),
        ("2;Ola;CARD1;;", #"{"key": "2", "name": "Ola", "customer_card": "CARD1"}"#),
        (";Nobody;CARD9;;", #"{"name": "Nobody", "customer_card": "CARD9"}"#),
        ("3;Nina;CARD3;;", #"{"key": "3", "name": "Nina", "customer_card": "CARD3"}"#),
        ("4;Jon;;3;", #"{"key": "4", "name": "Jon", "merged_into": "3"}"#),
        ("5;Eva;;;yes", #"{"key": "5", "name": "Eva", "removed": true}"#),
        ("6;\"Liv", #"{"key": "6", "name": "#),
    ]

    @Test("Of each row it is said what became of it, at the first time and at the second", arguments: ["csv", "jsonl"])
    func sums(format: String) async throws {
        defer { try? FileManager.default.removeItem(at: directory) }
        let lines =
            format == "csv"
            ? ["key;name;customer_card;merged_into;removed"] + Self.rows.map { $0.csv } : Self.rows.map { $0.json }
        let file = directory.appending(path: "all.\(format)")
        try (lines.joined(separator: "\n") + "\n").write(to: file, atomically: true, encoding: .utf8)
        let arguments = ["customers", "import", file.path, "--config", directory.appending(path: "store.yaml").path]
        for expected in ["2 new or changed, 1 as they were", "0 new or changed, 3 as they were"] {
            let done = try await Program.run(arguments)
            #expect(done.status == 1, "\(done.errors)")
            let words =
                "\(expected), 0 removed, 3 refused, 1 of customers who go on as others, 1 of groups, or of customers who were removed before"
            #expect(done.output.hasPrefix("8 rows in ") && done.output.contains(": \(words)\n"), "\(done.output)")
        }
    }

    @Test("What became of the rows adds up to those that were read")
    func parts() {
        let event = ImportEvent(
            rowsRead: 1_000, upserted: 700, removed: 20, rowsRefused: 30, unchanged: 650, merged: 40)
        let parts = ImportSummary.parts(event)
        #expect(parts.map { $0.count } == [50, 650, 20, 30, 40, 210])
        #expect(parts.reduce(0) { $0 + $1.count } == event.rowsRead)
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
