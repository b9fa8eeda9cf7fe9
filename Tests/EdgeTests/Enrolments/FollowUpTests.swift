import CountertopClient
import Customers
import Foundation
import TestServers
import Testing
import Wire

@testable import Edge

@Suite struct FollowUpTests {
    /// Scans a code in lane 1 with a till that watches it, and gives the scan and what is said of it.
    private func scan(_ code: String, _ store: VippsStore) async throws -> (scan: Scan, followUp: FollowUp) {
        try await store.rig.withTill { till in
            try await till.withLane("1") { lane in
                var events = lane.makeAsyncIterator()
                _ = try await till.lanes.enter(lane: "1", code: Array(code.utf8))
                // Earlier scans that nobody acknowledged come first.
                var scan = try await events.nextScan()
                while scan.data != Array(code.utf8) { scan = try await events.nextScan() }
                return (scan, try await events.nextFollowUp(to: scan.sequence))
            }
        }
    }

    @Test("A personal code does not hold its scan up: the member follows it into the basket, confirmed")
    func member() async throws {
        try await VippsStore.with { store in
            try await store.server.misbehave("slow:0.5")
            let (scan, followUp) = try await scan(VippsStore.code, store)
            #expect(scan.resolution?.kind == .pending && scan.attachment == .none)
            #expect(followUp.sequence == scan.sequence && followUp.epoch == scan.epoch)
            #expect(followUp.state == .resolved && followUp.attachment == .held)
            #expect(followUp.resolution?.customer?.name == "Kari Nordås")
            #expect(followUp.resolution?.unconfirmed == false)
            #expect(followUp.phone.isEmpty)
        }
    }

    @Test("The number of somebody who is no member comes to the till, to be enrolled with")
    func newcomer() async throws {
        try await VippsStore.with { store in
            let (_, followUp) = try await scan(VippsStore.newcomersCode, store)
            #expect(followUp.state == .noMember && followUp.phone == VippsStore.newcomersPhone)
            #expect(followUp.attachment == .none)
        }
    }

    @Test("Without the system a clear-text code says whose it claims to be, marked so; a token says nothing")
    func offline() async throws {
        try await VippsStore.with { store in
            try await store.server.setDown(true)
            let (_, clear) = try await scan(VippsStore.clearCode(SampleStore.kariPhone), store)
            #expect(clear.state == .resolved && clear.attachment == .held)
            #expect(clear.resolution?.unconfirmed == true)
            let (_, token) = try await scan(VippsStore.code, store)
            #expect(token.state == .unreachable && token.attachment == .none)
            #expect(token.message.contains("phone number"))
        }
    }

    @Test("With the system a clear-text code is confirmed, or refused where the system does not know it")
    func clearText() async throws {
        try await VippsStore.with { store in
            let forged = VippsStore.clearCode(SampleStore.kariPhone)
            let (_, followUp) = try await scan(forged, store)
            #expect(followUp.state == .notRecognised && followUp.attachment == .none)
            #expect(try await store.books.exchanges == [forged])
        }
    }

    @Test("A system that is slow is given up at the deadline, and the till is told so")
    func deadline() async throws {
        try await VippsStore.with(exchangeSeconds: 1) { store in
            try await store.server.misbehave("slow:8")
            let begun = ContinuousClock.now
            let (_, followUp) = try await scan(VippsStore.code, store)
            #expect(followUp.state == .unreachable)
            #expect(begun.duration(to: .now) < .seconds(7))
        }
    }

    @Test("What was said while no till watched is said to the till that comes, and the customer is attached then")
    func lateTill() async throws {
        try await VippsStore.with { store in
            try await store.rig.withTill { till in
                _ = try await till.lanes.enter(lane: "1", code: Array(VippsStore.code.utf8))
                while try await store.books.exchanges.isEmpty { await Task.yield() }
            }
            try await store.rig.withTill(named: "kassa/late") { till in
                try await till.withLane("1") { lane in
                    var events = lane.makeAsyncIterator()
                    #expect(try await events.nextScan().resolution?.kind == .pending)
                    let followUp = try await events.nextFollowUp(to: 1)
                    #expect(followUp.state == .resolved && followUp.attachment == .held)
                }
            }
        }
    }

    @Test("Nothing of the customer is in the log")
    func log() async throws {
        try await VippsStore.with { store in
            _ = try await scan(VippsStore.code, store)
            _ = try await scan(VippsStore.newcomersCode, store)
            let log = store.rig.log.text
            for secret in ["46123456", "99000001", "kariTOKEN", "s3cret", "token-0", "subscription-1"] {
                #expect(!log.contains(secret), "\(secret)")
            }
        }
    }
}
