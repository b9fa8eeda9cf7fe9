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
        #expect(
            entries.compactMap { $0["call"] }.reduce(into: []) { if $0.last != $1 { $0.append($1) } }
                == [
                    "Tills/Invite", "Pairing/Pair", "Customers/Resolve", "Customers/Get", "Customers/Search",
                    "Lanes/AttachCustomer", "Tills/Rename", "Tills/Revoke",
                ])
        let resolve = try #require(entries.first { $0["call"] == "Customers/Resolve" })
        #expect(resolve["by"] == till.id)
        #expect(resolve["customer"] == customer)
        #expect(entries.last?["till"] == till.id)
        #expect(entries.allSatisfy { $0["time"]?.hasSuffix("Z") == true })
        let text = try String(contentsOfFile: directory.file("audit.log"), encoding: .utf8)
        for canary in [
            "Kari", "Nordås", SampleStore.kariCard, String(SampleStore.kariPhone.dropFirst()), "kari.nordas",
        ] {
            #expect(!text.contains(canary), "\(canary)")
        }
        let attributes = try FileManager.default.attributesOfItem(atPath: directory.file("audit.log"))
        #expect(attributes[.posixPermissions] as? Int == 0o600)
    }

    @Test("What cannot be told apart from JSON is quoted")
    func quoting() throws {
        let directory = try TemporaryDirectory()
        let log = AuditLog(path: directory.file("audit.log")) { _ in }
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
        let log = AuditLog(path: directory.file("audit.log"), limits: limits) { _ in }
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
        let log = AuditLog(path: directory.file("audit.log")) { faults.continuation.yield($0) }
        log.note(.local, "Customers/Resolve")
        log.close()
        try FileManager.default.removeItem(atPath: directory.file("audit.log"))
        log.note(.local, "Customers/Resolve")
        log.close()
        faults.continuation.finish()
        #expect(try lines(directory).count == 1)
    }
}
