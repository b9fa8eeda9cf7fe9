import CountertopClient
import Customers
import Foundation
import Testing
import Transport
import Wire

@testable import Edge

@Suite struct AuditLogTests {
    private func lines(_ directory: TemporaryDirectory, _ name: String = "audit.log") throws -> [[String: String]] {
        let text = try String(contentsOfFile: directory.file(name), encoding: .utf8)
        return try text.split(separator: "\n").map { line in
            let object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any] ?? [:]
            return object.mapValues { "\($0)" }
        }
    }

    @Test("Who paired, looked up, attached, renamed and revoked stands there, and nobody's name, phone or card")
    func everything() async throws {
        let directory = try TemporaryDirectory()
        let (till, customer) = try await NetworkRig.with(directory: directory) { rig in
            let (till, credentials) = try await rig.pair()
            let customer = try await rig.withPaired(credentials) { edge in
                let found = try await edge.customers.resolve(code: SampleStore.kariPhone).customer?.id ?? ""
                _ = try await edge.customers.get(id: found)
                _ = try await edge.customers.search(name: "Kari Nord")
                try await edge.lanes.openBasket(lane: "1", basket: "b")
                try await edge.lanes.attachCustomer(lane: "1", basket: "b", customer: found)
                return found
            }
            _ = try await rig.store.withTill { try await $0.tills.rename(till.id, to: "kasse") }
            _ = try await rig.store.withTill { try await $0.tills.revoke(till.id) }
            return (till, customer)
        }
        let entries = try lines(directory)
        let changes = try lines(directory, "audit-changes.log")
        #expect(Self.calls(entries) == ["Customers/Resolve", "Customers/Get", "Customers/Search"])
        #expect(
            Self.calls(changes) == [
                "Tills/Invite", "Pairing/Pair", "Lanes/AttachCustomer", "Tills/Rename", "Tills/Revoke",
            ])
        let resolve = try #require(entries.first { $0["call"] == "Customers/Resolve" })
        #expect(resolve["by"] == till.id)
        #expect(resolve["customer"] == customer)
        #expect(changes.last?["till"] == till.id)
        #expect((entries + changes).allSatisfy { $0["time"]?.hasSuffix("Z") == true })
        let text = try ["audit.log", "audit-changes.log"].map {
            try String(contentsOfFile: directory.file($0), encoding: .utf8)
        }.joined()
        for canary in [
            "Kari", "Nordås", SampleStore.kariCard, String(SampleStore.kariPhone.dropFirst()), "kari.nordas",
        ] {
            #expect(!text.contains(canary), "\(canary)")
        }
        for name in ["audit.log", "audit-changes.log"] {
            let attributes = try FileManager.default.attributesOfItem(atPath: directory.file(name))
            #expect(attributes[.posixPermissions] as? Int == 0o600)
        }
    }

    private static func calls(_ entries: [[String: String]]) -> [String] {
        entries.compactMap { $0["call"] }.reduce(into: []) { if $0.last != $1 { $0.append($1) } }
    }

    @Test("A wrong pairing proof is noted with its address, and those who look on, and customers who came by a scan")
    func strangersAndScans() async throws {
        let directory = try TemporaryDirectory()
        let (till, customer) = try await NetworkRig.with(directory: directory) { rig in
            try await rig.withCode { _, code, _ in
                let guess = try Guess(code)
                #expect(await guess.reason(at: rig) == "PAIRING_PROOF_WRONG")
            }
            let (till, credentials) = try await rig.pair()
            let customer = try await rig.withPaired(credentials) { edge in
                try await edge.lanes.openBasket(lane: "1", basket: "b")
                return try await edge.withLane("1") { lane in
                    var events = lane.makeAsyncIterator()
                    try await edge.lanes.enter(lane: "1", code: SampleStore.kariCard)
                    return try await events.nextScan().resolution?.customer?.id ?? ""
                }
            }
            try await rig.store.withTill { administrator in
                try await administrator.withLane("1", role: .observer) { lane in
                    var events = lane.makeAsyncIterator()
                    _ = try await events.next()
                }
            }
            #expect(rig.store.log.text.contains("wrong pairing code"))
            return (till, customer)
        }
        let looks = try lines(directory)
        let refused = try #require(looks.first { $0["call"] == "Pairing/Refused" })
        #expect(refused["from"] == "127.0.0.1" && refused["role"] == "stranger")
        #expect(looks.contains { $0["call"] == "Lanes/Watch" && $0["by"] == "local" && $0["lane"] == "1" })
        let attached = try #require(try lines(directory, "audit-changes.log").first { $0["call"] == "Lanes/Attached" })
        #expect(attached["by"] == till.id && attached["customer"] == customer && attached["lane"] == "1")
    }

    @Test("A till that looks up without end pushes nobody out: what is more than its part is counted, a line a second")
    func surplus() throws {
        let directory = try TemporaryDirectory()
        var limits = AuditLimits()
        limits.lines.burst = 3
        limits.lines.every = .seconds(3_600)
        limits.flushWait = .seconds(3_600)
        let log = AuditLog(folder: directory.path, limits: limits) { _, _ in }
        let (bad, good) = (Caller(.till, id: "till-bad"), Caller(.till, id: "till-good"))
        log.note(bad, "Lanes/AttachCustomer", customer: "K1")
        for _ in 0..<10_000 { log.note(bad, "Customers/Resolve") }
        log.note(good, "Customers/Resolve", customer: "K2")
        log.note(bad, "Tills/Revoke", till: "till-good")
        log.close()
        let looks = try lines(directory)
        #expect(looks.count(where: { $0["by"] == "till-bad" && $0["call"] != nil }) == 3)
        #expect(looks.compactMap { $0["more"] } == ["9997"])
        #expect(looks.contains { $0["by"] == "till-good" && $0["customer"] == "K2" })
        #expect(try Self.calls(lines(directory, "audit-changes.log")) == ["Lanes/AttachCustomer", "Tills/Revoke"])
    }

    @Test("Between two lines that count there is a second, and nothing that was counted is lost")
    func surplusInTurns() {
        var limits = AuditLimits()
        limits.lines = Allowance.Rate(burst: 1, every: .seconds(3_600))
        var pile = AuditPile(limits)
        let entry = AuditEntry(milliseconds: 0, caller: "till-bad", role: "till", call: "Customers/Resolve")
        var counts: [Int] = []
        for tenth in 0..<25 {
            for _ in 0..<10 { pile.add(entry, now: .milliseconds(100 * tenth)) }
            let taken = pile.take(now: .milliseconds(100 * tenth), all: tenth == 24)
            counts += taken.surplus.values
        }
        #expect(counts == [9, 100, 100, 40])
    }

    @Test("An id that a client made up is cut")
    func cut() {
        let entry = AuditEntry(
            milliseconds: 0, caller: "till-a", role: "till", call: "Cards/List",
            customer: String(repeating: "x", count: 60_000))
        #expect(entry.customer.utf8.count == 64)
    }

    @Test("What cannot be told apart from JSON is quoted")
    func quoting() throws {
        let directory = try TemporaryDirectory()
        let log = AuditLog(folder: directory.path) { _, _ in }
        log.note(Caller(.till, id: "a\"b\\c\nd\u{7F}å"), "Lanes/Enter", lane: "1")
        log.close()
        #expect(try lines(directory).first?["by"] == "a\"b\\c\nd\u{7F}å")
    }

    @Test("More entries than may wait are counted, and the files stay within their bounds")
    func bounds() throws {
        let directory = try TemporaryDirectory()
        var limits = AuditLimits()
        limits.entriesMax = 10
        limits.fileBytesMax = 500
        limits.filesMax = 3
        limits.flushWait = .seconds(3_600)
        let log = AuditLog(folder: directory.path, limits: limits) { _, _ in }
        for _ in 0..<6 {
            for _ in 0..<15 { log.note(.local, "Customers/Resolve") }
            log.close()
        }
        #expect(try lines(directory).last?["not_written"] == "5")
        let names = try FileManager.default.contentsOfDirectory(atPath: directory.path).sorted()
        #expect(names == ["audit.log", "audit.log.1", "audit.log.2"])
    }

    @Test("A disk that refuses is told of, and told of again when it no longer does")
    func faults() throws {
        let directory = try TemporaryDirectory()
        let faults = AsyncStream<String?>.makeStream()
        try FileManager.default.createDirectory(
            atPath: directory.file("audit.log"), withIntermediateDirectories: false)
        let log = AuditLog(folder: directory.path) { faults.continuation.yield($1) }
        log.note(.local, "Customers/Resolve")
        log.close()
        try FileManager.default.removeItem(atPath: directory.file("audit.log"))
        log.note(.local, "Customers/Resolve")
        log.close()
        faults.continuation.finish()
        #expect(try lines(directory).count == 1)
    }
}
