import CountertopClient
import Customers
import Foundation
import Journal
import Logging
import Storage
import Systems
import Testing
import Wire

@testable import Edge

@Suite struct PrivacyServiceTests {
    private static let row = """
        {"key": "1", "name": "Kari Nordås", "customer_card": "CARD1", "phone": "90000001", "benefits": [{"id": "coffee"}]}
        {"key": "2", "name": "Ola Ås", "customer_card": "CARD2"}

        """

    /// An edge where a customer has scanned, is in a basket, uses a benefit, and is in the outbox.
    private func withKari(
        _ body: (StoreRig, CountertopConnection, String, URL) async throws -> Void
    ) async throws {
        let directory = try TemporaryDirectory()
        try await withMembers(directory, Self.row) { rig, edge in
            let resolution = try await edge.customers.resolve(code: "CARD1")
            let id = try #require(resolution.customer?.id)
            try await edge.lanes.openBasket(lane: "1", basket: "B-1")
            try await edge.lanes.attachCustomer(lane: "1", basket: "B-1", customer: id)
            for code in ["CARD1", "CARD2", "90 00 00 01"] {
                _ = try await edge.lanes.enter(lane: "2", code: code)
            }
            _ = try await edge.benefits.reserve("coffee", of: id, lane: "1")
            let draft = OutboxDraft(
                system: "poster", kind: "bonus_change", operation: [1], subject: id, payload: Array("x".utf8))
            _ = try rig.edge.outbox.post(draft, now: Date())
            try await body(rig, edge, id, URL(fileURLWithPath: directory.file("members.jsonl")))
        }
    }

    /// The rows of customers who have been as they are for long.
    private static var oldRows: String {
        let time = #""changed_at": "2025-01-01T00:00:00Z"}"#
        return row.split(separator: "\n").map { $0.dropLast() + ", " + time + "\n" }.joined()
    }

    /// An edge whose customers one file gives.
    private func withMembers(
        _ directory: TemporaryDirectory, _ rows: String, membersDays: Int? = nil,
        _ body: (StoreRig, CountertopConnection) async throws -> Void
    ) async throws {
        let path = directory.file("members.jsonl")
        try rows.write(toFile: path, atomically: true, encoding: .utf8)
        try await StoreRig.with(directory: directory) {
            $0.sampleStore = false
            $0.retention.membersDays = membersDays
            $0.feeds = [
                FeedSettings(
                    name: "members", place: .file(path), mapping: FieldMapping(), schedule: .daily(hour: 3, minute: 0))
            ]
        } _: { rig in
            try await rig.withTill { edge in
                try await edge.waitForHealth { $0.replicaComplete }
                try await body(rig, edge)
            }
        }
    }

    @Test("Who was forgotten stays so in a local copy that begins anew, though the source still gives them")
    func staysForgotten() async throws {
        let directory = try TemporaryDirectory()
        try await withMembers(directory, Self.oldRows) { _, edge in
            let id = try #require(try await edge.customers.resolve(code: "CARD1").customer?.id)
            let erased = try await edge.privacy.erase(customer: id)
            #expect(erased.found)
        }
        // Nothing of the copy can be read any more.
        try Data(repeating: 0xA5, count: 65_536).write(to: URL(fileURLWithPath: directory.file("replica.db")))
        try? FileManager.default.removeItem(atPath: directory.file("replica.db-wal"))
        for _ in 0..<2 {
            try await withMembers(directory, Self.oldRows) { _, edge in
                let (ola, kari) = (
                    try await edge.customers.resolve(code: "CARD2").customer,
                    try await edge.customers.resolve(code: "CARD1").customer
                )
                #expect(ola != nil && kari == nil)
            }
        }
    }

    @Test(
        "Who was forgotten stays so though a source that dates nothing gives them with each reading, until they wish otherwise"
    )
    func staysForgottenUndated() async throws {
        let directory = try TemporaryDirectory()
        try await withMembers(directory, Self.row) { rig, edge in
            let id = try #require(try await edge.customers.resolve(code: "CARD1").customer?.id)
            _ = try await edge.privacy.erase(customer: id)
            // The file is written anew, which is no word of hers.
            let path = directory.file("members.jsonl")
            for number in 3..<5 {
                let rows = Self.row + "{\"key\": \"\(number)\", \"customer_card\": \"CARD\(number)\"}\n"
                try rows.write(toFile: path, atomically: true, encoding: .utf8)
                try await edge.feeds.run("members")
                try await edge.eventually("the file is read") { edge in
                    try await edge.customers.resolve(code: "CARD\(number)").customer != nil
                }
                #expect(try await edge.customers.resolve(code: "CARD1").customer == nil)
            }
            for request in [
                ReadmitCustomerRequest(), ReadmitCustomerRequest(feed: "members"),
                ReadmitCustomerRequest(customer: id, feed: "members", key: "1"),
            ] {
                let error = await #expect(throws: CountertopError.self) { try await edge.privacy.readmit(request) }
                #expect(error?.reason == "ARGUMENT_INVALID")
            }
            let request = ReadmitCustomerRequest(feed: "members", key: "1")
            #expect(try await edge.privacy.readmit(request) == ReadmitCustomerAnswer(found: true, reading: true))
            try await edge.eventually("she is a customer again") { edge in
                try await edge.customers.resolve(code: "CARD1").customer?.id == id
            }
            // A reading that failed is made up for when it is wished for once more.
            #expect(try await edge.privacy.readmit(request) == ReadmitCustomerAnswer(found: false, reading: true))
            #expect(
                try await edge.privacy.readmit(ReadmitCustomerRequest(customer: id)) == ReadmitCustomerAnswer())
            #expect(try rig.edge.parts.journal.forgotten().isEmpty)
        }
    }

    @Test("Traces of somebody whom his feed removed go, though the copy that noted it is lost before they did")
    func survivesTheCopy() async throws {
        let directory = try TemporaryDirectory()
        var configuration: EdgeConfiguration?
        try await withMembers(directory, Self.row) { rig, edge in
            for code in ["CARD1", "CARD2"] { _ = try await edge.lanes.enter(lane: "2", code: code) }
            configuration = rig.configuration
        }
        let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        let files = try EdgeFiles.open(
            try #require(configuration), health: EdgeHealth(logger: logger), logger: logger)
        try files.replica.apply(
            ChangePage(
                feed: "members", cursor: [1], isComplete: true, customers: [.remove(key: "1", at: Date())]))
        files.close()
        try Data(repeating: 0xA5, count: 65_536).write(to: URL(fileURLWithPath: directory.file("replica.db")))
        try await withMembers(directory, "{\"key\": \"2\", \"customer_card\": \"CARD2\"}\n") { rig, edge in
            try await edge.eventually("his scan is emptied") { edge in
                try await edge.history(lane: "2").map(\.data) == [[], Array("CARD2".utf8)]
            }
            #expect(try rig.edge.parts.journal.departing().isEmpty)
        }
    }

    @Test("A store that enrols nobody now exports, forgets and lets grow old whom it enrolled once")
    func closedMembers() async throws {
        let directory = try TemporaryDirectory()
        var (customer, configuration): (String, EdgeConfiguration?) = ("", nil)
        try await withMembers(directory, Self.row) { rig, edge in
            customer = try #require(try await edge.customers.resolve(code: "CARD1").customer?.id)
            configuration = rig.configuration
        }
        let stopped = try #require(configuration)
        func register() throws -> MemberRegister {
            let vault = Vault(keys: try StoreKeys.loadOrCreate(at: stopped.keyPath))
            return try MemberRegister(
                path: stopped.statePath + "/members.db", vault: vault, company: stopped.store.company)
        }
        var members = try register()
        for (subject, customer, days) in [("s-1", customer, 0.0), ("s-2", "ANOTHER", 0), ("s-3", "OLD", 100)] {
            let member = Member(
                subject: subject, customer: customer, record: nil, permissions: [],
                enrolledAt: Date() - days * 86_400)
            try members.keep(member, of: "vipps")
        }
        members.close()
        try await withMembers(directory, Self.row, membersDays: 90) { rig, edge in
            // As a change of the key holds it for as long as it rewrites.
            let held = try #require(try rig.edge.parts.enrolments.members())
            let enrolments = try await edge.privacy.export(customer: customer).enrolments
            #expect(enrolments.map(\.subject) == ["s-1"])
            let erased = try await edge.privacy.erase(customer: customer)
            #expect(erased.found && erased.scrubbed)
            #expect(try held.enrolled(customer: customer).isEmpty)
            try await edge.eventually("whose time is over is forgotten") { _ in
                try held.enrolled(customer: "OLD").isEmpty
            }
        }
        members = try register()
        #expect(try members.enrolled(customer: customer).isEmpty)
        #expect(try members.enrolled(customer: "ANOTHER").count == 1)
        members.close()
    }

    private func isKept(_ edge: CountertopConnection, _ id: String, _ rig: StoreRig) async throws -> [String] {
        var kept: [String] = []
        if try await edge.customers.resolve(code: "CARD1").customer != nil { kept.append("record") }
        let scans = try await edge.history(lane: "2")
        if scans.contains(where: { [Array("CARD1".utf8), Array("90 00 00 01".utf8)].contains($0.data) }) {
            kept.append("scans")
        }
        if !scans.contains(where: { $0.data == Array("CARD2".utf8) }) { kept.append("another one's scan is gone") }
        if try await edge.lanes.list().contains(where: { $0.basket?.customer?.id == id }) { kept.append("basket") }
        if try await edge.outbox.list().entries.contains(where: { $0.subject == id }) { kept.append("outbox") }
        return kept
    }

    @Test("Whoever asks gets everything the edge keeps about him, and nothing of others")
    func export() async throws {
        try await withKari { _, edge, id, _ in
            let answer = try await edge.privacy.export(customer: id)
            #expect(answer.customer?.name == "Kari Nordås" && answer.provenance?.source == "members")
            #expect(answer.lanes == ["1"] && answer.redemptions.map(\.benefit) == ["coffee"])
            #expect(answer.outbox.map(\.kind) == ["bonus_change"])
            #expect(answer.scans.map { String(decoding: $0.code, as: UTF8.self) } == ["CARD1", "90 00 00 01"])
            let error = await #expect(throws: CountertopError.self) {
                try await edge.privacy.export(customer: "nobody")
            }
            #expect(error?.reason == "CUSTOMER_UNKNOWN")
        }
    }

    @Test("Whoever asks to be forgotten is gone from the copy, the scans, the basket, the ledger and the outbox")
    func erase() async throws {
        try await withKari { rig, edge, id, _ in
            #expect(try await isKept(edge, id, rig) == ["record", "scans", "basket", "outbox"])
            let answer = try await edge.privacy.erase(customer: id)
            #expect(answer.found && answer.scans == 2 && answer.entries == 1 && answer.scrubbed && answer.told.isEmpty)
            #expect(try await isKept(edge, id, rig) == [])
            let again = try await edge.privacy.erase(customer: id)
            #expect(!again.found && again.scans == 0)
            // The feed still has an older record, which does not bring her back.
            try await edge.feeds.run("members")
            #expect(try await edge.customers.resolve(code: "CARD2").customer != nil)
        }
    }

    @Test("Whoever is removed by his feed is gone from everything as well")
    func removedByFeed() async throws {
        try await withKari { rig, edge, id, file in
            let row = "{\"key\": \"1\", \"removed\": true}\n"
            try row.write(to: file, atomically: true, encoding: .utf8)
            try await edge.feeds.run("members")
            let deadline = ContinuousClock.now + .seconds(30)
            while try await !isKept(edge, id, rig).isEmpty, ContinuousClock.now < deadline { await Task.yield() }
            #expect(try await isKept(edge, id, rig) == [])
        }
    }

    @Test("Whoever is merged by his feed goes on as the other: basket, ledger, outbox and scans")
    func merged() async throws {
        try await withKari { rig, edge, id, file in
            let redemption = try #require(try await edge.privacy.export(customer: id).redemptions.first?.id)
            try await edge.benefits.redeem(redemption, lane: "1")
            let rows = """
                {"key": "1", "merged_into": "2"}
                {"key": "2", "name": "Kari Ås", "customer_card": ["CARD1", "CARD2"], "benefits": [{"id": "coffee"}]}

                """
            try rows.write(to: file, atomically: true, encoding: .utf8)
            try await edge.feeds.run("members")
            let other = try #require(try await edge.customers.resolve(code: "CARD2").customer?.id)
            #expect(other != id)
            let deadline = ContinuousClock.now + .seconds(30)
            // What was moved is on the disk before look-ups, which may be a moment old, see it.
            while ContinuousClock.now < deadline {
                let isMoved = try await !edge.privacy.export(customer: other).outbox.isEmpty
                if isMoved, try await edge.customers.resolve(code: "CARD1").customer?.id == other { break }
                await Task.yield()
            }
            let found = try await edge.customers.resolve(code: "CARD1").customer?.id
            #expect(found == other)
            let answer = try await edge.privacy.export(customer: other)
            #expect(answer.lanes == ["1"] && answer.redemptions.map(\.id) == [redemption])
            #expect(answer.outbox.map(\.kind) == ["bonus_change"])
            let codes = Set(answer.scans.map { String(decoding: $0.code, as: UTF8.self) })
            #expect(codes == ["CARD1", "CARD2", "90 00 00 01"])
            while try await edge.benefits.list(customer: other).benefits.map(\.state) != [.used],
                ContinuousClock.now < deadline
            { await Task.yield() }
            #expect(try await edge.benefits.list(customer: other).benefits.map(\.state) == [.used])
            let lane = try await edge.lanes.list().first { $0.name == "1" }
            #expect(lane?.basket?.customer?.name == "Kari Ås")
            let error = await #expect(throws: CountertopError.self) { try await edge.privacy.export(customer: id) }
            #expect(error?.reason == "CUSTOMER_UNKNOWN")
            // The one who is left is forgotten with all that he was known by, before he was one as well.
            let erased = try await edge.privacy.erase(customer: other)
            #expect(erased.found && erased.scans == 3)
            #expect(try await edge.history(lane: "2").allSatisfy { $0.data.isEmpty })
        }
    }

    @Test("What systems told of somebody is forgotten with him, and what they tell later is not kept")
    func forgetsMemory() async throws {
        try await withKari { rig, edge, id, _ in
            let kept = rig.edge.kept
            let event = Systems.CustomerEvent(at: Date(), kind: "ORDER", text: "shoes", totalMinor: 100)
            func tell() {
                kept.benefits.heard([], of: id, from: "custobar", at: Date())
                kept.views.hear([event], of: id)
            }
            tell()
            #expect(kept.benefits.knows(id) && kept.views.knows(id))
            _ = try await edge.privacy.erase(customer: id)
            #expect(!kept.benefits.knows(id) && !kept.views.knows(id))
            kept.views.hear([event], of: id)
            #expect(!kept.views.knows(id))
        }
    }
}
