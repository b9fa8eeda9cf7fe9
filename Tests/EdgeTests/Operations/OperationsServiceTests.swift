import CountertopClient
import Foundation
import Testing

@testable import Edge

@Suite("How the edge stands")
struct OperationsServiceTests {
    @Test("Everything is told at once: lanes, devices, customers, files, the process")
    func whole() async throws {
        try await StoreRig.with { rig in
            try await rig.withTill { edge in
                let status = try await edge.operations.status()
                #expect(status.version == Edge.version)
                #expect(status.store == "Sample Store")
                #expect(status.state == .serving)
                #expect(status.lanes.map(\.name) == ["1", "2"])
                #expect(status.devices.filter { $0.state == .ready }.count == 4)
                #expect(status.devices.allSatisfy { $0.serial.isEmpty })
                #expect(status.replica?.customers ?? 0 > 1_000)
                #expect(status.files.map(\.name) == ["journal.db", "replica.db"])
                #expect(status.files.allSatisfy { $0.bytes > 0 && $0.schema > 0 })
                let process = try #require(status.process)
                #expect(process.memoryBytes > 1_000_000 && process.threads > 2 && process.descriptors > 5)
                #expect(process.diskFreeBytes > 0)
                #expect(status.connections == 1)
            }
        }
    }

    @Test("A lane tells its till, its basket and the scans that nobody has acknowledged")
    func lane() async throws {
        try await StoreRig.with { rig in
            try await rig.withTill { edge in
                try await edge.withLane("1") { events in
                    var iterator = events.makeAsyncIterator()
                    _ = try await iterator.next()
                    try await edge.lanes.openBasket(lane: "1", basket: "B1")
                    let scan = try await edge.lanes.enter(lane: "1", code: "CU00000KARINORDAS")
                    let lane = try #require(try await edge.operations.status().lanes.first)
                    #expect(lane.tillConnected && lane.till == "local" && lane.basketOpen && lane.armed)
                    #expect(lane.lastSequence == scan.sequence && lane.unacknowledged == 1)
                }
            }
        }
    }

    @Test("A finding that is over stays among the past ones, with both its times")
    func past() {
        var history = FindingHistory()
        let (begin, end) = (Date(timeIntervalSince1970: 1_000), Date(timeIntervalSince1970: 2_000))
        history.began(Finding(reason: "JOURNAL_UNWRITABLE", message: "The disk is full."), at: begin)
        history.ended("JOURNAL_UNWRITABLE", at: end)
        history.ended("JOURNAL_UNWRITABLE", at: Date(timeIntervalSince1970: 3_000))
        #expect(history.newestFirst.map(\.beganAtUnixMs) == [1_000_000])
        #expect(history.newestFirst.map(\.endedAtUnixMs) == [2_000_000])
    }

    @Test("No more past findings are kept than may be, and the newest stay")
    func bounded() {
        var history = FindingHistory()
        for number in 1...(FindingHistory.keptMax + 5) {
            history.began(Finding(reason: "R\(number)", message: ""), at: Date())
        }
        #expect(history.newestFirst.count == FindingHistory.keptMax)
        #expect(history.newestFirst.first?.finding?.reason == "R\(FindingHistory.keptMax + 5)")
    }
}
