import CountertopClient
import Customers
import Devices
import Testing

@testable import Edge

@Suite struct LaneHostTests {
    @Test("An observer that reads nothing for long costs the till nothing, and gets every scan when it reads")
    func slowObserver() async throws {
        let count = 200
        try await StoreRig.with { rig in
            try await rig.withTill { till in
                try await till.withLane("1", role: .observer) { observer in
                    var seen = observer.makeAsyncIterator()
                    _ = try await seen.next()
                    try await till.withLane("1") { lane in
                        var events = lane.makeAsyncIterator()
                        for number in 1...count {
                            try await till.lanes.enter(lane: "1", code: "A-\(number)")
                            let scan = try await events.nextScan()
                            #expect(scan.sequence == UInt64(number))
                        }
                    }
                    for number in 1...count {
                        let scan = try await seen.nextScan()
                        #expect(scan.sequence == UInt64(number))
                        #expect(scan.data == Array("A-\(number)".utf8))
                    }
                }
            }
        }
    }

    @Test("Scans of two lanes are numbered apart, and each till gets its own")
    func lanesApart() async throws {
        try await StoreRig.with { rig in
            try await rig.withTill { till in
                try await till.withLane("1") { first in
                    try await till.withLane("2") { second in
                        var ones = first.makeAsyncIterator()
                        var twos = second.makeAsyncIterator()
                        _ = try rig.scanner("1").scan(Array("ONE-1".utf8), aim: "]C0")
                        _ = try rig.scanner("2").scan(Array("TWO-1".utf8), aim: "]C0")
                        let one = try await ones.nextScan()
                        let two = try await twos.nextScan()
                        #expect(one.data == Array("ONE-1".utf8))
                        #expect(one.sequence == 1)
                        #expect(two.data == Array("TWO-1".utf8))
                        #expect(two.sequence == 1)
                    }
                }
            }
        }
    }

    @Test("A till that leaves lets the lane go, and the next one takes what was scanned in between")
    func handOver() async throws {
        try await StoreRig.with { rig in
            try await rig.withTill { till in
                try await till.withLane("1") { lane in
                    var events = lane.makeAsyncIterator()
                    _ = try await events.next()
                    try await till.lanes.enter(lane: "1", code: "A-1")
                    let scan = try await events.nextScan()
                    #expect(scan.sequence == 1)
                    try await till.lanes.acknowledge(lane: "1", scan.position)
                }
            }
            try await rig.withTill { till in
                try await till.withLane("1", role: .observer) { lane in
                    var events = lane.makeAsyncIterator()
                    _ = try await events.nextState { $0.till.isEmpty }
                }
                try await till.lanes.enter(lane: "1", code: "A-2")
                try await till.withLane("1") { lane in
                    var events = lane.makeAsyncIterator()
                    let scan = try await events.nextScan()
                    #expect(scan.sequence == 2)
                    #expect(scan.attachment.name == "NONE")
                }
            }
        }
    }

    @Test("An unplugged scanner is gone from the lane's state, and the edge goes on")
    func unplugged() async throws {
        try await StoreRig.with { rig in
            try await rig.withTill { till in
                try await till.withLane("1") { lane in
                    var events = lane.makeAsyncIterator()
                    _ = try await events.nextState { $0.scanners == ["virtual-scanner-1"] }
                    try rig.scanner().unplug()
                    _ = try await events.nextState { $0.scanners.isEmpty }
                    try await till.lanes.enter(lane: "1", code: SampleStore.product)
                    let scan = try await events.nextScan()
                    #expect(scan.resolution?.kind == .product)
                }
            }
        }
    }
}
