import Customers
import Foundation
import Testing

@testable import Systems

@Suite struct FileSourceTests {
    let bench: StoreBench

    init() throws { bench = try StoreBench() }

    private func csv(_ keys: some Sequence<Int>, name: String = "Kari") -> String {
        "key,name,customer_card\n" + keys.map { "\($0),\(name) \($0),CARD\($0)\n" }.joined()
    }

    private func run(_ source: FileSource, _ replica: Replica) async throws -> FeedProgress {
        try await FeedIntake(feed: "members", replica: replica).run(source)
    }

    @Test("A file is taken page by page, and complete only with the last one")
    func pages() async throws {
        try bench.write(csv(0..<250), to: "a.csv")
        let replica = try bench.open()
        let source = try bench.source(.file(bench.directory.file("a.csv")))
        let intake = FeedIntake(feed: "members", replica: replica)
        var complete: [Bool] = []
        let progress = try await intake.run(source) { _ in
            complete.append((try? replica.status().complete) ?? true)
            return true
        }
        #expect(complete == [false, false, true])
        #expect(progress.rowsRead == 250 && progress.upserted == 250 && progress.pages == 3)
        #expect(progress.bytesRead == progress.bytesTotal)
        #expect(try replica.names(cards: ["CARD0", "CARD249", "CARD250"]) == ["Kari 0", "Kari 249", ""])
        replica.close()
    }

    @Test("A file that is as it was is not read again, and one that was written anew is")
    func unchanged() async throws {
        let path = bench.directory.file("a.csv")
        try bench.write(csv(0..<10), to: "a.csv")
        let replica = try bench.open()
        _ = try await run(try bench.source(.file(path)), replica)
        let again = try await run(try bench.source(.file(path)), replica)
        #expect(again.rowsRead == 0 && again.isComplete)
        try bench.write(Array(csv(0..<10, name: "Olga").utf8), to: "a.csv", at: StoreBench.noon)
        let changed = try await run(try bench.source(.file(path)), replica)
        #expect(changed.rowsRead == 10)
        #expect(try replica.names(cards: ["CARD3"]) == ["Olga 3"])
        replica.close()
    }

    @Test("A file that is written to while it is read is not taken for complete")
    func writtenTo() async throws {
        let path = bench.directory.file("a.csv")
        try bench.write(csv(0..<150), to: "a.csv")
        let source = try bench.source(.file(path))
        let first = try await source.page(after: nil)
        try bench.write(Array(csv(0..<150).utf8), to: "a.csv", at: StoreBench.noon)
        let error = await #expect(throws: SystemsError.self) { try await source.page(after: first.cursor) }
        #expect(error?.code == .unavailable)
        let anew = try await source.page(after: first.cursor)
        #expect(anew.rowsRead == 100 && anew.lines.first == 2)
    }

    @Test("A file that is not there, a folder in its place and one without a format are said in words")
    func unusable() async throws {
        for (place, code) in [
            ("nothing.csv", SystemsError.Code.missing), (".", .refused), ("x.doc", .settingsWrong),
        ] {
            try bench.write("x", to: "x.doc")
            let source = try bench.source(.file(bench.directory.file(place)))
            let error = await #expect(throws: SystemsError.self) { try await source.page(after: nil) }
            #expect(error?.code == code)
        }
    }

    @Test("A folder's files are read once each, by their names, and complete with the last one")
    func folder() async throws {
        try FileManager.default.createDirectory(atPath: bench.directory.file("in"), withIntermediateDirectories: false)
        let source = try bench.source(.folder(bench.directory.file("in")))
        let error = await #expect(throws: SystemsError.self) { try await source.page(after: nil) }
        #expect(error?.message.contains("holds no file yet") == true)
        try bench.write(csv(0..<150, name: "Kari"), to: "in/2026-01.csv")
        try bench.write(csv(100..<160, name: "Olga"), to: "in/2026-02.csv")
        try bench.write("nothing", to: "in/readme.doc")
        try bench.write(csv(0..<1), to: "in/.2026-03.csv")
        try bench.write(Array(csv(0..<1).utf8), to: "in/2026-04.csv", at: StoreBench.noon)
        let replica = try bench.open()
        var rows: [Int] = []
        let progress = try await FeedIntake(feed: "members", replica: replica).run(source) {
            rows.append($0.rowsRead)
            return true
        }
        #expect(rows == [100, 150, 210] && progress.isComplete)
        #expect(try replica.names(cards: ["CARD99", "CARD100", "CARD159"]) == ["Kari 99", "Olga 100", "Olga 159"])
        #expect(try await run(source, replica).rowsRead == 0)
        try bench.write(csv(5..<6, name: "Nina"), to: "in/2026-03.csv")
        #expect(try await run(try bench.source(.folder(bench.directory.file("in"))), replica).rowsRead == 1)
        replica.close()
    }

    @Test("A file that is still being written is waited for, and those behind it wait as well")
    func waitsForFiles() async throws {
        try FileManager.default.createDirectory(atPath: bench.directory.file("in"), withIntermediateDirectories: false)
        try bench.write(Array(csv(0..<1).utf8), to: "in/a.csv", at: StoreBench.noon)
        try bench.write(csv(1..<2), to: "in/b.csv")
        let source = try bench.source(.folder(bench.directory.file("in")))
        await #expect(throws: SystemsError.self) { try await source.page(after: nil) }
        try bench.write(csv(0..<1), to: "in/a.csv")
        let replica = try bench.open()
        #expect(try await run(source, replica).rowsRead == 2)
        replica.close()
    }

    @Test("What a command prints is taken, and is complete only when the command ends well")
    func command() async throws {
        let replica = try bench.open()
        let print = "{\"key\":\"1\",\"name\":\"Kari\",\"customer_card\":\"CARD1\"}\\n"
        let good = try bench.source(.command(["/usr/bin/printf", print]))
        let progress = try await run(good, replica)
        #expect(progress.upserted == 1 && progress.isComplete)
        #expect(try await run(good, replica).rowsRead == 1)
        let bad = try bench.source(.command(["/bin/sh", "-c", "printf '\(print)'; exit 3"]))
        let error = await #expect(throws: SystemsError.self) { try await bad.page(after: nil) }
        #expect(error?.message.contains("status 3") == true)
        let missing = try bench.source(.command(["/nowhere/export"]))
        await #expect(throws: SystemsError.self) { try await missing.page(after: nil) }
        replica.close()
    }

    @Test("Rows that the copy refuses are named by their lines")
    func refusals() async throws {
        try bench.write("key,name,customer_card\n1,Kari,A\n2,Ola,B\n3,Nina,A\n", to: "a.csv")
        let replica = try bench.open()
        let progress = try await run(try bench.source(.file(bench.directory.file("a.csv"))), replica)
        #expect(progress.rejections.named == [Rejection(line: 4, column: 0, reason: .identifierTaken)])
        #expect(progress.upserted == 2)
        replica.close()
    }
}
