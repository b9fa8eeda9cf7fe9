import CountertopClient
import Customers
import Devices
import Testing

@testable import Edge

@Suite struct LaneServiceTests {
    @Test("What a till enters is numbered and delivered like a scan")
    func enter() async throws {
        try await StoreRig.with { rig in
            try await rig.withTill { till in
                try await till.withLane("2") { lane in
                    var events = lane.makeAsyncIterator()
                    let position = try await till.lanes.enter(lane: "2", code: SampleStore.kariCard)
                    let scan = try await events.nextScan()
                    #expect(scan.position == position)
                    #expect(scan.device == "typed")
                    #expect(scan.attachment == .held)
                }
            }
        }
    }

    @Test("A scan made without a till is held for it, and the basket that opens has the customer")
    func heldForTill() async throws {
        try await StoreRig.with { rig in
            try await rig.withTill { till in
                try await till.lanes.enter(lane: "1", code: SampleStore.kariCard)
                try await till.withLane("1") { lane in
                    var events = lane.makeAsyncIterator()
                    let scan = try await events.nextScan()
                    #expect(scan.attachment == .held)
                    let basket = try await till.lanes.openBasket(lane: "1", basket: "B1")
                    #expect(basket.customer?.name == "Kari Nordås")
                }
            }
        }
    }

    @Test("A till that comes back gets what it has not applied, and nothing twice")
    func resume() async throws {
        try await StoreRig.with { rig in
            try await rig.withTill { till in
                let first = try await till.lanes.enter(lane: "1", code: "A-1")
                for number in 2...80 { try await till.lanes.enter(lane: "1", code: "A-\(number)") }
                try await till.withLane("1", resumeAfter: first) { lane in
                    var events = lane.makeAsyncIterator()
                    for number in 2...80 {
                        let scan = try await events.nextScan()
                        #expect(scan.data == Array("A-\(number)".utf8))
                        #expect(scan.sequence == UInt64(number))
                    }
                }
            }
        }
    }

    @Test("Scans outlive the edge: numbers go on, and the till that resumes gets the rest")
    func restart() async throws {
        let directory = try TemporaryDirectory()
        let first = try await StoreRig.with(directory: directory) { rig in
            try await rig.withTill { till in
                let first = try await till.lanes.enter(lane: "1", code: "A-1")
                try await till.lanes.enter(lane: "1", code: "A-2")
                return first
            }
        }
        try await StoreRig.with(directory: directory) { rig in
            try await rig.withTill { till in
                let third = try await till.lanes.enter(lane: "1", code: "A-3")
                #expect(third == ScanPosition(epoch: first.epoch, sequence: 3))
                try await till.withLane("1", resumeAfter: first) { lane in
                    var events = lane.makeAsyncIterator()
                    let second = try await events.nextScan()
                    #expect(second.data == Array("A-2".utf8))
                    let third = try await events.nextScan()
                    #expect(third.data == Array("A-3".utf8))
                }
            }
        }
    }

    @Test("A till of another epoch is told of the gap")
    func otherEpoch() async throws {
        try await StoreRig.with { rig in
            try await rig.withTill { till in
                let position = try await till.lanes.enter(lane: "1", code: "A-1")
                let other = ScanPosition(epoch: position.epoch &+ 1, sequence: 7)
                try await till.withLane("1", resumeAfter: other) { lane in
                    var events = lane.makeAsyncIterator()
                    let gap = try await events.nextGap()
                    #expect(gap.askedSequence == 7)
                    #expect(gap.epoch == position.epoch)
                    #expect(gap.nextSequence == 1)
                    let scan = try await events.nextScan()
                    #expect(scan.sequence == 1)
                }
            }
        }
    }

    @Test("A till that comes back after scans it never saw were given up is told which, and gets the others in order")
    func retention() async throws {
        let directory = try TemporaryDirectory()
        let first = try await StoreRig.with(directory: directory) { rig in
            try await rig.withTill { till in
                let first = try await till.lanes.enter(lane: "1", code: "A-1")
                for number in 2...20 { try await till.lanes.enter(lane: "1", code: "A-\(number)") }
                return first
            }
        }
        try await StoreRig.with(directory: directory) {
            $0.scans.keptMax = 8
        } _: { rig in
            try await rig.withTill { till in
                // The journal gives scans up when nothing is scanned, soon after the start.
                while try await !givesUp(till, after: first) {}
                try await till.withLane("1", resumeAfter: first) { lane in
                    var events = lane.makeAsyncIterator()
                    let gap = try await events.nextGap()
                    #expect(gap.askedSequence == 1)
                    #expect(gap.nextSequence == 13)
                    for number in 13...20 {
                        let scan = try await events.nextScan()
                        #expect(scan.data == Array("A-\(number)".utf8))
                        #expect(scan.sequence == UInt64(number))
                    }
                }
                try await till.withLane("1", resumeAfter: ScanPosition(epoch: first.epoch, sequence: 19)) { lane in
                    var events = lane.makeAsyncIterator()
                    let last = try await events.nextAfterState()
                    #expect(last.map { if case .scan(let scan) = $0 { scan.sequence == 20 } else { false } } == true)
                }
            }
        }
    }

    /// Whether a till that resumes is told of scans that are gone.
    private func givesUp(_ till: CountertopConnection, after position: ScanPosition) async throws -> Bool {
        try await till.withLane("1", role: .observer, resumeAfter: position) { lane in
            var events = lane.makeAsyncIterator()
            if case .gap? = try await events.nextAfterState() { return true }
            return false
        }
    }

    @Test("A second till is refused, an observer sees everything, and taking over ends the first")
    func lease() async throws {
        try await StoreRig.with { rig in
            try await rig.withTill { till in
                try await till.withLane("1") { first in
                    var events = first.makeAsyncIterator()
                    _ = try await events.next()
                    let refusal = await #expect(throws: CountertopError.self) {
                        try await till.withLane("1") { second in
                            var events = second.makeAsyncIterator()
                            _ = try await events.next()
                        }
                    }
                    #expect(refusal?.reason == "LANE_HELD")
                    try await till.withLane("1", role: .observer) { observer in
                        var seen = observer.makeAsyncIterator()
                        _ = try await seen.next()
                        try await till.lanes.enter(lane: "1", code: "A-1")
                        let scan = try await seen.nextScan()
                        #expect(scan.sequence == 1)
                    }
                    try await till.withLane("1", role: .takeOver) { third in
                        var taken = third.makeAsyncIterator()
                        _ = try await taken.next()
                        let end = await #expect(throws: CountertopError.self) {
                            while try await events.next() != nil {}
                        }
                        #expect(end?.reason == "LANE_TAKEN_OVER")
                    }
                }
            }
        }
    }

    @Test("Baskets are opened, changed and closed by the till's word, and refuse what makes no sense")
    func baskets() async throws {
        try await StoreRig.with { rig in
            try await rig.withTill { till in
                let kari = try await till.customers.resolve(code: SampleStore.kariCard).customer?.id ?? ""
                let olena = try await till.customers.resolve(code: SampleStore.olenaCard).customer?.id ?? ""
                try await till.lanes.openBasket(lane: "1", basket: "B1")
                try await till.lanes.attachCustomer(lane: "1", basket: "B1", customer: kari)
                let refusal = await #expect(throws: CountertopError.self) {
                    try await till.lanes.attachCustomer(lane: "1", basket: "B1", customer: olena)
                }
                #expect(refusal?.reason == "CUSTOMER_PRESENT")
                let replaced = try await till.lanes.attachCustomer(
                    lane: "1", basket: "B1", customer: olena, replace: true)
                #expect(replaced.customer?.id == olena)
                #expect(try await till.lanes.detachCustomer(lane: "1", basket: "B1").customer == nil)
                let closing = Closing(
                    outcome: .paid, saleId: "S1", total: Money(currency: "NOK", minorUnits: 4_900),
                    lines: [SaleLine(gtin: "04006381333931", quantityThousandths: 1_000)])
                let closed = try await till.lanes.closeBasket(lane: "1", basket: "B1", closing: closing)
                #expect(closed.state == .closed)
                #expect(closed.closing == closing)
                let again = try await till.lanes.closeBasket(lane: "1", basket: "B1", closing: closing)
                #expect(again == closed)
                let otherwise = await #expect(throws: CountertopError.self) {
                    try await till.lanes.closeBasket(lane: "1", basket: "B1", closing: Closing(outcome: .voided))
                }
                #expect(otherwise?.reason == "BASKET_CLOSED")
                let unknown = await #expect(throws: CountertopError.self) {
                    try await till.lanes.closeBasket(lane: "1", basket: "B2", closing: closing)
                }
                #expect(unknown?.reason == "BASKET_UNKNOWN")
            }
        }
    }

    @Test("A lane the edge does not have is said to be unknown")
    func unknownLane() async throws {
        try await StoreRig.with { rig in
            try await rig.withTill { till in
                let error = await #expect(throws: CountertopError.self) {
                    try await till.lanes.openBasket(lane: "9", basket: "B1")
                }
                #expect(error?.code == .notFound)
                #expect(error?.reason == "LANE_UNKNOWN")
                let entering = await #expect(throws: CountertopError.self) {
                    try await till.lanes.enter(lane: "9", code: "A")
                }
                #expect(entering?.reason == "LANE_UNKNOWN")
            }
        }
    }

    @Test("Disarming stops the scanner and arming makes it read again")
    func arming() async throws {
        try await StoreRig.with { rig in
            try await rig.withTill { till in
                try await till.withLane("1") { lane in
                    var events = lane.makeAsyncIterator()
                    #expect(try await till.lanes.disarmScanner(lane: "1").armed == false)
                    _ = try await events.nextState { !$0.armed }
                    #expect(try await till.lanes.armScanner(lane: "1").scanners == ["virtual-scanner-1"])
                    _ = try await events.nextState { $0.armed && $0.displayLines[0] == "Ready to scan" }
                }
            }
        }
    }

    @Test("A till writes to the display, and learns what the display makes of it")
    func show() async throws {
        try await StoreRig.with { rig in
            let shown = AsyncStream<[String]>.makeStream()
            try rig.display().onChange { shown.continuation.yield($0) }
            try await rig.withTill { till in
                let lines = try await till.lanes.show(
                    lane: "1", lines: ["Тариф 12 €", String(repeating: "x", count: 30)])
                #expect(lines == ["Taryf 12 EUR        ", String(repeating: "x", count: 20)])
            }
            for await lines in shown.stream where lines[0].hasPrefix("Taryf 12 EUR") { break }
        }
    }

    @Test("A till's text runs and blinks in windows, and the till is told what the display cannot")
    func showsEffects() async throws {
        try await StoreRig.with { rig in
            let shown = AsyncStream<[String]>.makeStream()
            try rig.display().onChange { shown.continuation.yield($0) }
            try await rig.withTill { till in
                let window = ShowWindow(row: 2, column: 16, rows: 1, columns: 5, lines: ["12,50"])
                let effects = ShowEffects(marqueeMs: 200, brightness: 4, cursorRow: 1, cursorColumn: 1)
                let long = "Today all of the bread is half the price"
                var request = ShowRequest(lane: "1", lines: [long], effects: effects, windows: [window])
                let answer = try await till.lanes.show(request)
                #expect(answer.lines == [String(long.prefix(20)), "               12,50"])
                #expect(answer.lacking == ["brightness", "cursor"])
                let round = long + "   " + long
                for await lines in shown.stream where lines[0] != answer.lines[0] && round.contains(lines[0]) {
                    #expect(lines[1] == answer.lines[1])
                    break
                }
                request.effects = ShowEffects(blinkMs: 10)
                let refused = await #expect(throws: CountertopError.self) { try await till.lanes.show(request) }
                #expect(
                    refused?.reason == "ARGUMENT_INVALID" && refused?.message.contains("blink_ms is 250 to") == true)
                request.effects = nil
                request.windows = [ShowWindow(row: 1, column: 1, rows: 0, columns: 0)]
                await #expect(throws: CountertopError.self) { try await till.lanes.show(request) }
                request.windows = Array(repeating: window, count: 5)
                await #expect(throws: CountertopError.self) { try await till.lanes.show(request) }
            }
        }
    }

    @Test("Arming and showing need a device")
    func missingDevices() async throws {
        try await StoreRig.with {
            $0.ports = .real
        } _: { rig in
            try await rig.withTill { till in
                let arming = await #expect(throws: CountertopError.self) { try await till.lanes.armScanner(lane: "1") }
                #expect(arming?.reason == "SCANNER_MISSING")
                let showing = await #expect(throws: CountertopError.self) {
                    try await till.lanes.show(lane: "1", lines: ["Hello"])
                }
                #expect(showing?.reason == "DISPLAY_MISSING")
            }
        }
    }
}
