import CountertopClient
import Customers
import Foundation
import Systems
import Testing
import Wire

@testable import Edge

@Suite struct FeedServiceTests {
    private static let rows = """
        key,name,customer_card,address
        1,Kari Nordås,CARD1,Hemmelig vei 1
        2,Ola Ås,CARD2,Hemmelig vei 2
        3,"x
        4,Nina Berg,CARD4,Hemmelig vei 4

        """

    private static func feed(_ path: String, allow: Set<RecordField> = [.name, .customerCard]) -> FeedSettings {
        FeedSettings(
            name: "members", place: .file(path), mapping: FieldMapping(allowed: allow),
            schedule: .daily(hour: 3, minute: 0))
    }

    /// Runs an edge with the feed of one file, and waits until it is through.
    private func withFeed<Result>(
        _ text: String, _ body: (StoreRig, CountertopConnection, String) async throws -> Result
    ) async throws -> Result {
        let directory = try TemporaryDirectory()
        let path = directory.file("members.csv")
        try text.write(toFile: path, atomically: true, encoding: .utf8)
        return try await StoreRig.with(directory: directory) {
            $0.sampleStore = false
            $0.feeds = [Self.feed(path)]
        } _: { rig in
            try await rig.withTill { edge in
                try await edge.waitForHealth { $0.replicaComplete }
                return try await body(rig, edge, path)
            }
        }
    }

    @Test("The customers of a feed's file are recognised, and what is not allowed is nowhere on the disk")
    func recognises() async throws {
        let directory = try TemporaryDirectory()
        let (state, path) = (directory.file("state"), directory.file("members.csv"))
        try Self.rows.write(toFile: path, atomically: true, encoding: .utf8)
        try await StoreRig.with {
            $0.sampleStore = false
            $0.statePath = state
            $0.keyPath = directory.file("key")
            $0.feeds = [Self.feed(path)]
        } _: { rig in
            try await rig.withTill { edge in
                try await edge.waitForHealth { $0.replicaComplete }
                let resolution = try await edge.customers.resolve(code: "CARD2")
                #expect(resolution.customer?.name == "Ola Ås")
                #expect(resolution.provenance?.source == "members")
            }
            #expect(!rig.log.text.contains("Nordås"))
        }
        for name in try FileManager.default.contentsOfDirectory(atPath: state) {
            let bytes = FileManager.default.contents(atPath: state + "/" + name) ?? Data()
            #expect(bytes.range(of: Data("Hemmelig".utf8)) == nil, "\(name)")
        }
    }

    @Test(
        "Cards that go from one customer to another over the pages of a feed are told in its standing, the log and a metric"
    )
    func tellsMoves() async throws {
        let rows = "key,name,customer_card\n1,Kari Nordås,CARD1\n2,Ola Ås,CARD2\n"
        try await withFeed(rows) { rig, edge, path in
            #expect(try await edge.feeds.list().first?.identifiersMoved == 0)
            try "key,name,customer_card\n3,Nina Berg,CARD1\n".write(toFile: path, atomically: true, encoding: .utf8)
            try await edge.feeds.run("members")
            try await edge.eventually("the card is another's") { edge in
                try await edge.customers.resolve(code: "CARD1").customer?.name == "Nina Berg"
            }
            try await edge.eventually("the standing says so") { edge in
                try await edge.feeds.list().first?.identifiersMoved == 1
            }
            try await edge.eventually("the log says so") { _ in
                rig.log.text.contains("belong to others now")
            }
        }
    }

    @Test("A feed says how it stands, and its rejected rows are in the health by line and reason alone")
    func status() async throws {
        try await withFeed(Self.rows) { _, edge, _ in
            let feed = try #require(try await edge.feeds.list().first)
            #expect(feed.name == "members" && feed.kind == "file" && feed.complete)
            #expect(feed.rowsRead == 4 && feed.rowsRefused == 1)
            #expect(feed.rejected.map(\.line) == [4])
            #expect(feed.state == .waiting && feed.nextRunAtUnixMs > 0 && feed.throughAtUnixMs > 0)
            let finding = try #require(try await edge.health.check().findings.first)
            #expect(finding.reason == "SOURCE_ROWS_REJECTED")
            #expect(finding.message.contains("line 4, column 3: a quotation mark is not closed"))
        }
    }

    @Test("A feed runs when somebody wants it to, and a source that is away is said to be")
    func runNow() async throws {
        try await withFeed(Self.rows) { _, edge, path in
            try "key,name,customer_card\n2,Olga Ås,CARD2\n".write(toFile: path, atomically: true, encoding: .utf8)
            try await edge.feeds.run("members")
            try await edge.waitForHealth { !$0.findings.contains { $0.reason == "SOURCE_ROWS_REJECTED" } }
            #expect(try await edge.customers.resolve(code: "CARD2").customer?.name == "Olga Ås")
            let error = await #expect(throws: CountertopError.self) { try await edge.feeds.run("nobody") }
            #expect(error?.reason == "FEED_UNKNOWN")
            try FileManager.default.removeItem(atPath: path)
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
            try await edge.feeds.run("members")
            let health = try await edge.waitForHealth { $0.findings.contains { $0.reason == "SOURCE_DOWN" } }
            #expect(health.findings.first { $0.reason == "SOURCE_DOWN" }?.message.contains("is no file") == true)
            #expect(health.state == .degraded)
        }
    }

    @Test("A file that is not there is a finding at once, with its path, and is none when it has come")
    func missing() async throws {
        try await withFeed(Self.rows) { _, edge, path in
            try FileManager.default.removeItem(atPath: path)
            try await edge.feeds.run("members")
            let health = try await edge.waitForHealth { $0.findings.contains { $0.reason == "SOURCE_FILE_MISSING" } }
            let finding = try #require(health.findings.first { $0.reason == "SOURCE_FILE_MISSING" })
            #expect(
                finding.message.contains("members") && finding.message.contains("\(path) is not there. Check its name"))
            #expect(!health.findings.contains { $0.reason == "SOURCE_DOWN" })
            let feed = try #require(try await edge.feeds.list().first)
            #expect(feed.failures < FeedLimits.failuresMax, "It was said before the source counts as down.")
            try "key,name,customer_card\n2,Olga Ås,CARD2\n".write(toFile: path, atomically: true, encoding: .utf8)
            try await edge.feeds.run("members")
            try await edge.waitForHealth { !$0.findings.contains { $0.reason == "SOURCE_FILE_MISSING" } }
        }
    }

    @Test("A run that was asked for says what it did: what is new, that nothing is, or why it failed")
    func whatARunDid() async throws {
        try await withFeed(Self.rows) { _, edge, path in
            let first = try #require(try await edge.feeds.runToEnd("members", wait: .seconds(60))?.lastRun)
            #expect(first.rowsRead == 0 && first.upserted == 0 && first.failure.isEmpty && first.number >= 2)
            try "key,name,customer_card\n2,Olga Ås,CARD2\n1,Kari Nordås,CARD1\n7,\"x\n".write(
                toFile: path, atomically: true, encoding: .utf8)
            let second = try #require(try await edge.feeds.runToEnd("members", wait: .seconds(60))?.lastRun)
            #expect(second.number > first.number)
            #expect(second.rowsRead == 3 && second.upserted == 2 && second.unchanged == 1 && second.rowsRefused == 1)
            try FileManager.default.removeItem(atPath: path)
            let third = try #require(try await edge.feeds.runToEnd("members", wait: .seconds(60))?.lastRun)
            #expect(third.number > second.number && third.rowsRead == 0 && third.failure.contains("is not there"))
        }
    }

    @Test("An import's source is told as one, and forgotten with its customers, who may be imported again")
    func forget() async throws {
        try await withFeed(Self.rows) { rig, edge, path in
            let more = path + ".more.csv"
            try "key,name,customer_card\na,Per Vik,CARD8\nb,Liv Dahl,CARD9\n".write(
                toFile: more, atomically: true, encoding: .utf8)
            let request = ImportRequest(path: more)
            #expect(try await edge.feeds.importFile(request).upserted == 2)
            let source = try #require(try await edge.feeds.list().first { $0.name == "import" })
            #expect(source.kind == "import" && source.state == .off)
            let id = try #require(try await edge.customers.resolve(code: "CARD8").customer?.id)
            let before = try rig.edge.replica.status().customers
            #expect(try await edge.feeds.forget("import") == 2)
            #expect(try rig.edge.replica.status().customers == before - 2)
            let reader = try rig.edge.replica.makeReader()
            for code in ["CARD8", "CARD9"] {
                let answer = try reader.resolve(Customers.Identifier(type: .customerCard, value: code))
                #expect(Wire.Resolution(answer).customer == nil)
            }
            #expect(try await edge.customers.resolve(code: "CARD2").customer?.name == "Ola Ås")
            #expect(try await edge.feeds.list().map(\.name) == ["members"])
            #expect(try await edge.feeds.importFile(request).upserted == 2)
            #expect(try await edge.customers.resolve(code: "CARD8").customer?.id == id)
            let refusals = [("members", "FEED_RUNS"), ("nobody", "FEED_UNKNOWN"), ("in_store", "FEED_OF_STORE")]
            for (name, reason) in refusals {
                let error = await #expect(throws: CountertopError.self) { try await edge.feeds.forget(name) }
                #expect(error?.reason == reason)
            }
            for (name, words) in [("import", "Nothing runs that source"), ("in_store", "countertop outbox drop")] {
                let error = await #expect(throws: CountertopError.self) { try await edge.feeds.run(name) }
                #expect(error?.message.contains(words) == true)
            }
        }
    }

    @Test("Members whom a system of the configuration enrolled are told as such, and cannot be forgotten with it")
    func membersStay() async throws {
        try await VippsStore.with { store in
            try await store.rig.withTill { edge in
                #expect(try await edge.enrol(VippsStore.newcomersPhone).last?.state == .done)
                let source = try #require(try await edge.feeds.list().first { $0.name == "vipps" })
                #expect(source.kind == "members" && source.state == .off)
                let error = await #expect(throws: CountertopError.self) { try await edge.feeds.forget("vipps") }
                #expect(error?.reason == "FEED_RUNS")
                #expect(error?.message.contains("names the system vipps") == true)
                let run = await #expect(throws: CountertopError.self) { try await edge.feeds.run("vipps") }
                #expect(run?.message.contains("enrols them at the till") == true)
                let found = try await edge.customers.resolve(code: VippsStore.newcomersPhone)
                #expect(found.customer?.name == "Nora Berg")
            }
        }
    }

    @Test("What fails in the same way at each try is in the log once, and again when it changes or was well between")
    func log() throws {
        let record = LogRecord()
        let log = FeedLog(feed: "members", logger: record.logger)
        let told = { record.text.split(separator: "\n").filter { $0.hasPrefix("warning") || $0.hasPrefix("notice") } }
        let missing = SystemsError(.missing, "/srv/members.csv is not there.")
        for _ in 0..<5 { log.tell(.failed(missing)) }
        #expect(told().count == 1)
        log.tell(.failed(SystemsError(.refused, "/srv/members.csv cannot be opened.")))
        log.tell(.failed(missing))
        #expect(told().count == 3)
        log.tell(.through(FeedProgress()))
        log.tell(.through(FeedProgress()))
        #expect(told().count == 4 && told()[3].contains("A feed is through again."))
        log.tell(.failed(missing))
        #expect(told().count == 5)
    }

    @Test("A running edge takes a file, says how far it is, and names the rows it refused")
    func importFile() async throws {
        let directory = try TemporaryDirectory()
        let path = directory.file("new.csv")
        try Self.rows.write(toFile: path, atomically: true, encoding: .utf8)
        try await StoreRig.with { rig in
            try await rig.withTill { edge in
                var steps = 0
                let last = try await edge.feeds.importFile(ImportRequest(path: path)) { _ in steps += 1 }
                #expect(last.done && last.rowsRead == 4 && last.upserted == 3 && last.rowsRefused == 1)
                #expect(last.taken == ["key", "name", "customer_card"])
                #expect(last.rejected.map(\.line) == [4] && last.counts.map(\.reason) == ["quoteUnclosed"])
                #expect(steps >= 1)
                #expect(try await edge.customers.resolve(code: "CARD4").customer?.name == "Nina Berg")
                let again = try await edge.feeds.importFile(ImportRequest(path: path))
                #expect(again.rowsRead == 4)
            }
        }
    }

    @Test(
        "An import that cannot be is refused in words",
        arguments: [
            (ImportRequest(path: "members.csv"), "ARGUMENT_INVALID"),
            (ImportRequest(path: "/nowhere/members.csv"), "IMPORT_REFUSED"),
            (ImportRequest(path: "/nowhere/members.doc"), "IMPORT_REFUSED"),
            (ImportRequest(path: "/a.csv", feed: "nobody"), "FEED_UNKNOWN"),
            (ImportRequest(path: "/a.csv", format: "xml"), "ARGUMENT_INVALID"),
            (ImportRequest(path: "/a.csv", encoding: "latin"), "ARGUMENT_INVALID"),
            (ImportRequest(path: "/a.csv", columns: [FieldColumns(field: "shoe")]), "ARGUMENT_INVALID"),
        ])
    func refusals(request: ImportRequest, reason: String) async throws {
        try await StoreRig.with { rig in
            let error = await #expect(throws: CountertopError.self) {
                try await rig.withTill { try await $0.feeds.importFile(request) }
            }
            #expect(error?.reason == reason)
        }
    }
}

extension CountertopConnection {
    /// Watches the health until something is so.
    @discardableResult
    func waitForHealth(_ holds: (HealthAnswer) -> Bool) async throws -> HealthAnswer {
        struct Found: Error { let answer: HealthAnswer }
        do {
            try await packedStream("countertop.v1.Health/Watch", body: [], deadline: nil) { body in
                let answer = try HealthAnswer(packed: body)
                if holds(answer) { throw Found(answer: answer) }
            }
        } catch let found as Found {
            return found.answer
        }
        throw RigError(description: "The watch ended.")
    }
}
