import CountertopClient
import Customers
import Testing

@testable import Edge

@Suite struct LaneLeaseServiceTests {
    /// Watches a lane as its till until its first event, and loses the connection.
    private func loseTill(_ rig: StoreRig, token: [UInt8]) async throws {
        try await rig.withTill(named: "kassa/1") { till in
            try await till.withLane("1", tillToken: token) { lane in
                var events = lane.makeAsyncIterator()
                _ = try await events.nextState { $0.till == "kassa/1" }
                till.sever()
                await #expect(throws: CountertopError.self) { while try await events.next() != nil {} }
            }
        }
    }

    @Test("A till whose connection is lost has its lane kept: another is told for how long, and it has it back at once")
    func kept() async throws {
        var limits = LaneLimits()
        limits.leaseTime = .seconds(3_600)
        try await StoreRig.with(limits: limits) { [limits] rig in
            try await rig.withTill(named: "kassa/2") { other in
                try await other.withLane("1", role: .observer) { observer in
                    var seen = observer.makeAsyncIterator()
                    try await loseTill(rig, token: [1])
                    let lane = try await seen.nextState { $0.tillAwayMs > 0 }
                    #expect(lane.till == "kassa/1")
                }
                let refusal = await #expect(throws: CountertopError.self) {
                    try await other.withLane("1", tillToken: [2]) { lane in
                        var events = lane.makeAsyncIterator()
                        _ = try await events.next()
                    }
                }
                #expect(refusal?.reason == "LANE_HELD")
                let wait = try #require(refusal?.retryAfter)
                #expect(wait > .zero && wait <= limits.leaseTime + .milliseconds(1))
            }
            try await rig.withTill(named: "kassa/1") { till in
                try await till.withLane("1", tillToken: [1]) { lane in
                    var events = lane.makeAsyncIterator()
                    _ = try await events.nextState { $0.tillAwayMs == 0 && $0.till == "kassa/1" }
                }
            }
        }
    }

    @Test("A till that says goodbye lets its lane go at once, though it closes before the edge has answered")
    func goodbye() async throws {
        var limits = LaneLimits()
        limits.leaseTime = .seconds(3_600)
        try await StoreRig.with(limits: limits) { rig in
            try await rig.withTill(named: "kassa/2") { other in
                try await other.withLane("1", role: .observer) { observer in
                    var seen = observer.makeAsyncIterator()
                    let leaving = try await GoodbyePeer.watching(rig, lane: "1", as: "kassa/1")
                    _ = try await seen.nextState { $0.till == "kassa/1" }
                    try await leaving.sayGoodbyeAndClose()
                    let lane = try await seen.nextState { $0.till != "kassa/1" || $0.tillAwayMs > 0 }
                    #expect(lane.till.isEmpty && lane.tillAwayMs == 0)
                }
            }
        }
    }

    @Test("A till that takes nothing for long is let go, and the lane is free for another at once")
    func takesNothing() async throws {
        var limits = LaneLimits()
        limits.takeTime = .milliseconds(50)
        limits.leaseTime = limits.takeTime
        try await StoreRig.with(limits: limits) { rig in
            try await rig.withTill(named: "kassa/2") { other in
                try await other.withLane("1", role: .observer) { observer in
                    var seen = observer.makeAsyncIterator()
                    // It never gives credit beyond what every stream begins with.
                    _ = try await GoodbyePeer.watching(rig, lane: "1", as: "kassa/1")
                    _ = try await seen.nextState { $0.till == "kassa/1" }
                    for number in 1...40 { try await other.lanes.enter(lane: "1", code: "A-\(number)") }
                    let lane = try await seen.nextState { $0.till != "kassa/1" || $0.tillAwayMs > 0 }
                    #expect(lane.till.isEmpty && lane.tillAwayMs == 0)
                }
                try await other.withLane("1", tillToken: [2]) { lane in
                    var events = lane.makeAsyncIterator()
                    _ = try await events.nextState { $0.till == "kassa/2" }
                }
            }
        }
    }

    @Test("An edge that shuts down lets no watch begin any more, and keeps the lane for the till that tries")
    func shuttingDown() async throws {
        let directory = try TemporaryDirectory()
        var limits = LaneLimits()
        limits.leaseTime = .seconds(3_600)
        try await StoreRig.with(directory: directory, limits: limits) { rig in
            try await rig.withTill(named: "kassa/1") { till in
                try await till.withLane("1", tillToken: [1]) { lane in
                    var events = lane.makeAsyncIterator()
                    _ = try await events.nextState { $0.till == "kassa/1" }
                    await rig.edge.endWatches()
                    await #expect(throws: CountertopError.self) { while try await events.next() != nil {} }
                }
                let refusal = await #expect(throws: CountertopError.self) {
                    try await till.withLane("1", tillToken: [1]) { lane in
                        var events = lane.makeAsyncIterator()
                        _ = try await events.next()
                    }
                }
                #expect(refusal?.reason == "SHUTTING_DOWN")
            }
        }
        try await StoreRig.with(directory: directory, limits: limits) { rig in
            try await rig.withTill(named: "kassa/2") { other in
                let lane = try #require(try await other.lanes.list().first)
                #expect(lane.till == "kassa/1" && lane.tillAwayMs > 0)
            }
        }
    }

    @Test("A lane that is kept after a restart is not another paired till's, and neither are its acknowledgements")
    func otherCallerAfterRestart() async throws {
        let directory = try TemporaryDirectory()
        let (own, other) = try await NetworkRig.with(directory: directory) { rig in
            let own = try await rig.pair().credentials
            let other = try await rig.pair().credentials
            try await rig.withPaired(own) { till in
                try await till.withLane("1") { lane in
                    var events = lane.makeAsyncIterator()
                    _ = try await events.nextState { $0.till == "kassa/test" }
                    _ = try await till.lanes.enter(lane: "1", code: "A-1")
                    till.sever()
                    await #expect(throws: CountertopError.self) { while try await events.next() != nil {} }
                }
            }
            return (own, other)
        }
        try await NetworkRig.with(directory: directory) { rig in
            // It runs the same program, and so it has the same name.
            try await rig.withPaired(other) { till in
                let watching = await #expect(throws: CountertopError.self) {
                    try await till.withLane("1") { lane in
                        var events = lane.makeAsyncIterator()
                        _ = try await events.next()
                    }
                }
                #expect(watching?.reason == "LANE_HELD")
                let lane = try #require(try await till.lanes.list().first)
                let position = ScanPosition(epoch: lane.epoch, sequence: lane.lastSequence)
                let applying = await #expect(throws: CountertopError.self) {
                    try await till.lanes.acknowledge(lane: "1", position)
                }
                #expect(applying?.reason == "LANE_HELD")
            }
            try await rig.withPaired(own) { till in
                try await till.withLane("1") { lane in
                    var events = lane.makeAsyncIterator()
                    _ = try await events.nextState { $0.till == "kassa/test" && $0.tillAwayMs == 0 }
                }
            }
        }
    }

    @Test("After its time the lane is free, and the first to watch gets it")
    func runsOut() async throws {
        var limits = LaneLimits()
        limits.leaseTime = .milliseconds(1)
        try await StoreRig.with(limits: limits) { rig in
            try await loseTill(rig, token: [1])
            try await rig.withTill(named: "kassa/2") { other in
                try await other.withLane("1", role: .observer) { observer in
                    var seen = observer.makeAsyncIterator()
                    _ = try await seen.nextState { $0.till.isEmpty }
                }
                try await other.withLane("1", tillToken: [2]) { lane in
                    var events = lane.makeAsyncIterator()
                    _ = try await events.nextState { $0.till == "kassa/2" }
                }
            }
        }
    }

    @Test("A scan sent to a till that did not acknowledge it goes to the next till that has no position")
    func unacknowledged() async throws {
        try await StoreRig.with { rig in
            try await rig.withTill { till in
                try await till.withLane("1", tillToken: [1]) { lane in
                    var events = lane.makeAsyncIterator()
                    for code in ["A-1", "A-2", "A-3"] { try await till.lanes.enter(lane: "1", code: code) }
                    let first = try await events.nextScan()
                    _ = try await events.nextScan()
                    try await till.lanes.acknowledge(lane: "1", first.position)
                    till.sever()
                }
            }
            try await rig.withTill { till in
                try await till.withLane("1", tillToken: [1]) { lane in
                    var events = lane.makeAsyncIterator()
                    let second = try await events.nextScan()
                    #expect(second.data == Array("A-2".utf8))
                    let third = try await events.nextScan()
                    #expect(third.data == Array("A-3".utf8))
                }
            }
        }
    }

    @Test("A scan nobody took in its time is expired and not attached, after a restart of the edge too")
    func expires() async throws {
        var limits = LaneLimits()
        limits.scanTime = .zero
        let directory = try TemporaryDirectory()
        try await StoreRig.with(directory: directory, limits: limits) { rig in
            try await rig.withTill { till in
                _ = try await till.lanes.enter(lane: "1", code: SampleStore.kariCard)
            }
        }
        try await StoreRig.with(directory: directory, limits: limits) { rig in
            try await rig.withTill { till in
                try await till.lanes.openBasket(lane: "1", basket: "B1")
                try await till.withLane("1") { lane in
                    var events = lane.makeAsyncIterator()
                    let scan = try await events.nextScan()
                    #expect(scan.expired)
                    #expect(scan.attachment == .unspecified)
                }
                let lane = try #require(try await till.lanes.list().first)
                #expect(lane.basket?.customer == nil)
                let history = try await till.history(lane: "1")
                #expect(history.map(\.expired) == [true])
            }
        }
    }

    @Test("A till looks back as far as it asks, oldest first")
    func history() async throws {
        try await StoreRig.with { rig in
            try await rig.withTill { till in
                for number in 1...80 { try await till.lanes.enter(lane: "1", code: "A-\(number)") }
                let some = try await till.history(lane: "1", after: 10, limit: 60)
                #expect(some.map(\.sequence) == Array(11...70))
                let rest = try await till.history(lane: "1", after: 75)
                #expect(rest.map { String(decoding: $0.data, as: UTF8.self) } == (76...80).map { "A-\($0)" })
                let tooMuch = await #expect(throws: CountertopError.self) {
                    try await till.history(lane: "1", limit: 1_001)
                }
                #expect(tooMuch?.reason == "ARGUMENT_INVALID")
            }
        }
    }

    @Test("The customer who waits makes place for the next, and the cashier is told whom it was")
    func heldInstead() async throws {
        try await StoreRig.with { rig in
            try await rig.withTill { till in
                try await till.withLane("1") { lane in
                    var events = lane.makeAsyncIterator()
                    try await till.lanes.enter(lane: "1", code: SampleStore.kariCard)
                    try await till.lanes.enter(lane: "1", code: SampleStore.olenaCard)
                    _ = try await events.nextScan()
                    let second = try await events.nextScan()
                    #expect(second.attachment == .heldInstead)
                    #expect(second.replaced?.name == "Kari Nordås")
                    #expect(second.replaced?.identifiers == [])
                    let basket = try await till.lanes.openBasket(lane: "1", basket: "B1")
                    #expect(basket.customer?.id == second.resolution?.customer?.id)
                }
            }
        }
    }

    @Test("A till's events come without the texts of consents, which the call Get has")
    func smallEvents() async throws {
        try await StoreRig.with { rig in
            try await rig.withTill { till in
                try await till.withLane("1") { lane in
                    var events = lane.makeAsyncIterator()
                    try await till.lanes.enter(lane: "1", code: SampleStore.kariCard)
                    let scan = try await events.nextScan()
                    let inEvent = try #require(scan.resolution?.customer)
                    let whole = try #require(try await till.customers.get(id: inEvent.id).customer)
                    #expect(!whole.permissions.isEmpty)
                    #expect(inEvent.permissions.map(\.name) == whole.permissions.map(\.name))
                    #expect(inEvent.permissions.allSatisfy { $0.consentText.isEmpty })
                }
            }
        }
    }

    @Test("Only the connection that holds the lane says which scans are applied", arguments: [0, 1])
    func acknowledges(door: Int) async throws {
        let directory = try TemporaryDirectory()
        try await StoreRig.with(directory: directory) {
            $0.listen.unixPath = directory.file("edge.sock")
        } _: { rig in
            try await rig.withTill { till in
                try await till.withLane("1") { lane in
                    var events = lane.makeAsyncIterator()
                    _ = try await events.next()
                    let position = try await till.lanes.enter(lane: "1", code: "A-1")
                    let refusal = await #expect(throws: CountertopError.self) {
                        // The first connection of another door is not that of this one.
                        try await CountertopClient.withConnection(to: rig.edge.addresses[door], client: "kassa/test") {
                            try await $0.lanes.acknowledge(lane: "1", position)
                        }
                    }
                    #expect(refusal?.reason == "LANE_HELD")
                }
            }
        }
    }
}
