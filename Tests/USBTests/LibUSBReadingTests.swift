import Testing

@testable import USB

/// A reading with two transfers in flight, whose ends a test decides.
@Suite struct LibUSBReadingTests {
    private let first = Transfer()
    private let second = Transfer()
    private let told = Notes<USBCompletion>()
    private let states = Notes<String>()
    private let reading: LibUSBReading

    private final class Transfer: ReadingTransfer {
        private(set) var isInFlight = false
        private(set) var isCancelled = false
        private(set) var completion = USBCompletion.completed([])
        var onCompletion: (() -> Void)?
        var status: Int32 = 0

        func submit() -> Int32 {
            if status == 0 { isInFlight = true }
            isCancelled = false
            return status
        }

        func cancel() { isCancelled = isInFlight }

        func end(_ completion: USBCompletion) {
            isInFlight = false
            self.completion = completion
            onCompletion?()
        }
    }

    init() {
        reading = LibUSBReading(transfers: [first, second]) { [told] in
            told.note($0)
        } onRest: { [states] in
            states.note("at rest")
        } onEnd: { [states] _ in
            states.note("ended")
        }
        _ = reading.start()
    }

    @Test("Reports are handed over in order, and each transfer is pending again")
    func reads() {
        first.end(.completed([1]))
        second.end(.completed([2]))
        first.end(.completed([3]))
        #expect(told.all == [.completed([1]), .completed([2]), .completed([3])])
        #expect(first.isInFlight && second.isInFlight)
    }

    @Test(
        "A report behind a fault is not handed over before it, and is kept for the next reading",
        arguments: [USBCompletion.overflow, .failed, .timedOut])
    func faultFirst(fault: USBCompletion) {
        first.end(fault)
        #expect(second.isCancelled && told.all.isEmpty)
        second.end(.completed([3]))
        #expect(told.all == [fault] && states.all == ["ended"])
        #expect(reading.afterFault == [.completed([3])])
    }

    @Test(
        "A report that comes while the reading ends without a fault is handed over before the end",
        arguments: [USBCompletion.cancelled, .gone])
    func reportFirst(end: USBCompletion) {
        reading.end(with: end)
        first.end(.completed([1]))
        second.end(.cancelled)
        #expect(told.all == [.completed([1]), end] && reading.afterFault.isEmpty)
    }

    @Test("A pause takes the transfers back, keeps what they bring, tells nothing, and ends with the transfers pending")
    func pauses() {
        reading.pause()
        #expect(first.isCancelled && second.isCancelled && !reading.isAtRest)
        first.end(.completed([1]))
        #expect(!first.isInFlight && states.all.isEmpty)
        second.end(.cancelled)
        #expect(reading.isAtRest && states.all == ["at rest"] && told.all == [.completed([1])])
        reading.resume()
        #expect(first.isInFlight && second.isInFlight && !reading.isAtRest)
        second.end(.completed([2]))
        #expect(told.all == [.completed([1]), .completed([2])])
    }

    @Test("A fault during a pause ends the reading, and so does an end that is asked for at rest")
    func endsWhilePaused() {
        reading.pause()
        first.end(.gone)
        second.end(.cancelled)
        #expect(told.all == [.gone] && states.all.contains("ended"))
        reading.resume()
        #expect(!first.isInFlight)
        let resting = LibUSBReading(transfers: [first], handler: { [told] in told.note($0) }, onEnd: { _ in })
        #expect(resting.start() == 0)
        resting.pause()
        first.end(.cancelled)
        resting.end(with: .cancelled)
        #expect(told.all == [.gone, .cancelled])
    }

    @Test("A transfer that cannot be pending again ends the reading")
    func notSubmitted() {
        // LIBUSB_ERROR_NO_DEVICE
        first.status = -4
        first.end(.completed([1]))
        second.end(.cancelled)
        #expect(told.all == [.completed([1]), .gone])
    }
}
