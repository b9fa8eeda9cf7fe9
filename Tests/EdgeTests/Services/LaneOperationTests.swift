import CountertopClient
import Customers
import Testing

@testable import Edge

@Suite struct LaneOperationTests {
    @Test("A code entered again with the same operation id is one scan, after a restart of the edge too")
    func enterAgain() async throws {
        let directory = try TemporaryDirectory()
        let operation = OperationID()
        let first = try await StoreRig.with(directory: directory) { rig in
            try await rig.withTill { till in
                let first = try await till.lanes.enter(lane: "1", code: "A-1", operation: operation)
                let again = try await till.lanes.enter(lane: "1", code: "A-1", operation: operation)
                #expect(again == first)
                return first
            }
        }
        try await StoreRig.with(directory: directory) { rig in
            try await rig.withTill { till in
                let again = try await till.lanes.enter(lane: "1", code: "A-1", operation: operation)
                #expect(again == first)
                let next = try await till.lanes.enter(lane: "1", code: "A-1")
                #expect(next == ScanPosition(epoch: first.epoch, sequence: first.sequence + 1))
            }
        }
    }

    @Test("Many retries at once are one scan, and all get its number")
    func manyAtOnce() async throws {
        try await StoreRig.with { rig in
            try await rig.withTill { till in
                let operation = OperationID()
                let positions = try await withThrowingTaskGroup(of: ScanPosition.self) { group in
                    for _ in 0..<20 {
                        group.addTask { try await till.lanes.enter(lane: "1", code: "A-1", operation: operation) }
                    }
                    return try await group.reduce(into: Set<ScanPosition>()) { $0.insert($1) }
                }
                #expect(positions.count == 1)
                #expect(try await till.lanes.list().first?.lastSequence == 1)
            }
        }
    }

    @Test("The same id with another call or another payload is refused")
    func reused() async throws {
        try await StoreRig.with { rig in
            try await rig.withTill { till in
                let operation = OperationID()
                try await till.lanes.enter(lane: "1", code: "A-1", operation: operation)
                let other = await #expect(throws: CountertopError.self) {
                    try await till.lanes.enter(lane: "1", code: "A-2", operation: operation)
                }
                #expect(other?.reason == "OPERATION_REUSED")
                let call = await #expect(throws: CountertopError.self) {
                    try await till.lanes.openBasket(lane: "1", basket: "B1", operation: operation)
                }
                #expect(call?.reason == "OPERATION_REUSED")
                let elsewhere = try await till.lanes.enter(lane: "2", code: "A-2", operation: operation)
                #expect(elsewhere.sequence == 1)
            }
        }
    }

    @Test("An operation id of 64 bytes is taken, a longer one refused", arguments: [64, 65])
    func length(_ count: Int) async throws {
        try await StoreRig.with { rig in
            try await rig.withTill { till in
                let operation = OperationID(bytes: [UInt8](repeating: 7, count: count))
                var reason: String?
                do throws(CountertopError) {
                    try await till.lanes.openBasket(lane: "1", basket: "B1", operation: operation)
                } catch {
                    reason = error.reason
                }
                #expect(reason == (count <= 64 ? nil : "ARGUMENT_INVALID"))
            }
        }
    }

    @Test("A refused call is looked at anew: its id stands for nothing yet")
    func refusedFirst() async throws {
        try await StoreRig.with { rig in
            try await rig.withTill { till in
                let operation = OperationID()
                try await till.lanes.openBasket(lane: "1", basket: "B1")
                let refusal = await #expect(throws: CountertopError.self) {
                    try await till.lanes.openBasket(lane: "1", basket: "B2", operation: operation)
                }
                #expect(refusal?.reason == "BASKET_OPEN")
                try await till.lanes.closeBasket(lane: "1", basket: "B1", closing: Closing(outcome: .paid))
                let opened = try await till.lanes.openBasket(lane: "1", basket: "B2", operation: operation)
                #expect(opened.id == "B2")
            }
        }
    }

    @Test("The basket, its customer and the scanner's orders outlive the edge, and a close retried gets its answer")
    func basketOutlives() async throws {
        let directory = try TemporaryDirectory()
        let attaching = OperationID()
        let closing = OperationID()
        let paid = Closing(outcome: .paid, saleId: "S1")
        let attached = try await StoreRig.with(directory: directory) { rig in
            try await rig.withTill { till in
                let kari = try await till.customers.resolve(code: SampleStore.kariCard).customer?.id ?? ""
                try await till.lanes.openBasket(lane: "1", basket: "B1")
                try await till.lanes.disarmScanner(lane: "1")
                return try await till.lanes.attachCustomer(
                    lane: "1", basket: "B1", customer: kari, operation: attaching)
            }
        }
        let closed = try await StoreRig.with(directory: directory) { rig in
            try await rig.withTill { till in
                let lane = try #require(try await till.lanes.list().first)
                #expect(lane.basket?.id == "B1")
                #expect(lane.basket?.customer?.name == "Kari Nordås")
                #expect(lane.displayLines.first == "Welcome, Kari!")
                #expect(!lane.armed)
                let id = try #require(attached.customer?.id)
                let again = try await till.lanes.attachCustomer(
                    lane: "1", basket: "B1", customer: id, operation: attaching)
                #expect(again == attached)
                return try await till.lanes.closeBasket(lane: "1", basket: "B1", closing: paid, operation: closing)
            }
        }
        try await StoreRig.with(directory: directory) { rig in
            try await rig.withTill { till in
                let again = try await till.lanes.closeBasket(
                    lane: "1", basket: "B1", closing: paid, operation: closing)
                #expect(again == closed)
                let withoutID = try await till.lanes.closeBasket(lane: "1", basket: "B1", closing: paid)
                #expect(withoutID == closed)
                #expect(try await till.lanes.list().first?.basket?.state == BasketState.none)
            }
        }
    }

    @Test("A customer who waited for a basket waits on after a restart")
    func heldOutlives() async throws {
        let directory = try TemporaryDirectory()
        var limits = LaneLimits()
        // However long it takes until the second edge has its turn.
        limits.scanTime = .seconds(86_400)
        try await StoreRig.with(directory: directory, limits: limits) { rig in
            try await rig.withTill { till in
                try await till.withLane("1") { lane in
                    var events = lane.makeAsyncIterator()
                    let scan = try await till.lanes.enter(lane: "1", code: SampleStore.kariCard)
                    _ = try await events.nextScan()
                    try await till.lanes.acknowledge(lane: "1", scan)
                }
            }
        }
        try await StoreRig.with(directory: directory, limits: limits) { rig in
            try await rig.withTill { till in
                let basket = try await till.lanes.openBasket(lane: "1", basket: "B1")
                #expect(basket.customer?.name == "Kari Nordås")
            }
        }
    }
}
