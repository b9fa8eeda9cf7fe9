import Dispatch
import Synchronization
import Testing

@testable import USB

@Suite(.timeLimit(.minutes(2)))
struct PortOrdersTests {
    private let thread: USBEventThread
    private let notes = Notes<String>()

    init() throws {
        thread = try USBEventThread()
    }

    /// Transfers in flight, as a test says.
    private final class Flight: Sendable {
        let count = Mutex(0)
        let readings = Mutex(0)

        func isOver(_ need: PortOrders.Need) -> Bool {
            let (operations, readings) = (count.withLock { $0 }, readings.withLock { $0 })
            return switch need {
            case .nothing: true
            case .operations: operations == 0
            case .transfers: operations + readings == 0
            }
        }
    }

    private func orders(_ flight: Flight = Flight()) throws -> ThreadBound<PortOrders> {
        let made = thread.perform { [thread, notes] in
            let orders = PortOrders(
                thread: thread, isOver: { flight.isOver($0) }, onQuiet: { notes.note("quiet") })
            return ThreadBound(orders, to: thread)
        }
        return try #require(made)
    }

    @Test("An order that does not end holds up the port's own steps, and neither the thread nor another port")
    func holdsUpItself() throws {
        let (sick, well) = (try orders(), try orders())
        let answer = DispatchSemaphore(value: 0)
        _ = thread.perform { [notes] in
            sick.value.take {
                sick.value.carryOut {
                    answer.wait()
                } then: {
                    notes.note("sick ended")
                }
            }
            sick.value.take { notes.note("sick step") }
            well.value.take {
                well.value.carryOut {
                    true
                } then: { _ in
                    notes.note("well ended")
                }
            }
        }
        notes.wait(for: 2)
        #expect(notes.all == ["well ended", "quiet"])
        answer.signal()
        notes.wait(for: 5)
        #expect(notes.all.suffix(3) == ["sick ended", "sick step", "quiet"])
        thread.stop()
    }

    @Test("A step that needs the end of transfers waits for it, and what comes later waits behind it")
    func waitsForTransfers() throws {
        let flight = Flight()
        let orders = try orders(flight)
        flight.count.withLock { $0 = 1 }
        _ = thread.perform { [notes] in
            orders.value.take(after: .transfers) { notes.note("first") }
            orders.value.take { notes.note("second") }
            orders.value.advance()
        }
        #expect(notes.all.isEmpty)
        flight.count.withLock { $0 = 0 }
        _ = thread.perform { orders.value.advance() }
        #expect(notes.all == ["first", "second", "quiet"])
        thread.stop()
    }

    @Test("A step that needs the end of control transfers and writes does not wait for readings, and the next may")
    func waitsForOperations() throws {
        let flight = Flight()
        let orders = try orders(flight)
        flight.count.withLock { $0 = 1 }
        flight.readings.withLock { $0 = 1 }
        _ = thread.perform { [notes] in
            orders.value.take(after: .operations) { notes.note("readings are paused") }
            orders.value.take(after: .transfers) { notes.note("the halt is cleared") }
        }
        #expect(notes.all.isEmpty)
        flight.count.withLock { $0 = 0 }
        _ = thread.perform { orders.value.advance() }
        #expect(notes.all == ["readings are paused"])
        flight.readings.withLock { $0 = 0 }
        _ = thread.perform { orders.value.advance() }
        #expect(notes.all == ["readings are paused", "the halt is cleared", "quiet"])
        thread.stop()
    }

    @Test("Steps that wait are bounded, but for those that close a port")
    func bounds() throws {
        let flight = Flight()
        let orders = try orders(flight)
        flight.count.withLock { $0 = 1 }
        let taken = thread.perform {
            let steps = (0...USBLimits.operationsMax).map { _ in
                orders.value.take(after: .transfers, bounded: true) {}
            }
            let isFull = steps.count { $0 } == USBLimits.operationsMax && !orders.value.hasRoom(for: 1)
            return isFull && orders.value.take {}
        }
        #expect(taken == true)
        thread.stop()
    }

    @Test("An order outlives the thread, and what comes last still runs after it")
    func outlivesThread() throws {
        let orders = try orders()
        let (answer, closed) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
        _ = thread.perform { [notes] in
            orders.value.take {
                orders.value.carryOut {
                    answer.wait()
                } then: {
                    notes.note("too late")
                }
            }
            orders.value.last { closed.signal() }
        }
        thread.stop()
        answer.signal()
        closed.wait()
        #expect(notes.all.isEmpty)
    }
}
