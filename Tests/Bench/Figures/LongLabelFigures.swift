import Devices
import Dispatch
import Synchronization
import USB

/// A hub on virtual ports, on the real event thread: a QR code of 250 characters from its first report to the label, and a
/// device from the bus's word of its arrival to the state in which it scans. A bus's own poll intervals are not in it.
///
/// HID POS takes five reports for the label, a keyboard wedge 502.
struct LongLabelFigures: Figures {
    private static let labels = 200
    private static let plugs = 50
    private static let text = String(repeating: "0123456789", count: 25)

    func names(_ options: BenchOptions) -> [String] { ["qr_250_hid_pos_us", "qr_250_wedge_us", "plug_to_ready_us"] }

    func measure(_ bench: BenchDesk) async throws {
        let (labels, plugs) = (bench.options.repetitions(Self.labels), bench.options.repetitions(Self.plugs))
        let (report, key, ready) = try await MeasuringThread.run {
            (
                try Self.reports(labels) { bus in
                    let scanner = VirtualScanner.plug(on: bus, path: USBPath("1-1"))
                    return { scanner.scan(Array(Self.text.utf8), aim: "]Q1") }
                },
                try Self.reports(labels) { bus in
                    let wedge = VirtualWedge.plug(on: bus, path: USBPath("1-1"))
                    return { wedge.type(Self.text) }
                },
                try Self.plugs(plugs)
            )
        }
        bench.print("qr_250_hid_pos_us", report.microseconds(50), "us")
        bench.print("qr_250_wedge_us", key.microseconds(50), "us")
        bench.print("plug_to_ready_us", ready.microseconds(50), "us")
    }

    /// - Parameter plug: plugs a scanner in and gives what makes it read the label.
    private static func reports(_ count: Int, plug: (VirtualBus) -> () -> Bool) throws -> Latencies {
        let desk = try HubDesk()
        defer { desk.stop() }
        let scan = plug(desk.bus)
        try desk.waitUntilReady()
        var latencies = Latencies()
        for _ in 0..<count {
            let start = Stopwatch.now()
            guard scan() else { throw BenchError("A virtual scanner takes no more labels.") }
            latencies.record(try desk.waitForScan(of: text.utf8.count) - start)
        }
        return latencies
    }

    private static func plugs(_ count: Int) throws -> Latencies {
        let desk = try HubDesk()
        defer { desk.stop() }
        var latencies = Latencies()
        for _ in 0..<count {
            let start = Stopwatch.now()
            let scanner = VirtualScanner.plug(on: desk.bus, path: USBPath("1-1"))
            latencies.record(try desk.waitUntilReady() - start)
            scanner.unplug()
            try desk.waitUntilLeft()
        }
        return latencies
    }
}

/// A hub, and when it told what.
private final class HubDesk: Sendable {
    /// Longer than anything that is waited for takes.
    private static let patience = DispatchTimeInterval.seconds(10)

    let bus: VirtualBus
    private let hub: DeviceHub
    private let happenings: Happenings

    private final class Happenings: Sendable {
        let ready = DispatchSemaphore(value: 0)
        let scanned = DispatchSemaphore(value: 0)
        let left = DispatchSemaphore(value: 0)
        let last = Mutex((time: Int64(0), bytes: 0))

        func take(_ event: DeviceEvent) {
            let now = Stopwatch.now()
            switch event {
            case .changed(let info) where info.state == .ready: tell(ready, now, 0)
            case .scan(let scan): tell(scanned, now, scan.label.data.count)
            case .left: tell(left, now, 0)
            default: break
            }
        }

        private func tell(_ whom: DispatchSemaphore, _ time: Int64, _ bytes: Int) {
            last.withLock { $0 = (time, bytes) }
            whom.signal()
        }

        /// - Returns: when it happened, and how many bytes a scan had.
        func wait(_ what: DispatchSemaphore) throws -> (time: Int64, bytes: Int) {
            guard what.wait(timeout: .now() + HubDesk.patience) == .success else {
                throw BenchError("A virtual device did not do what it was made to do.")
            }
            return last.withLock { $0 }
        }
    }

    init() throws {
        let happenings = Happenings()
        self.happenings = happenings
        bus = VirtualBus(thread: try USBEventThread())
        // It is known by its number as a scanner that types.
        hub = DeviceHub(bus: bus, configuration: DeviceConfiguration()) { happenings.take($0) }
        try hub.start()
    }

    @discardableResult
    func waitUntilReady() throws -> Int64 { try happenings.wait(happenings.ready).time }

    func waitUntilLeft() throws { _ = try happenings.wait(happenings.left) }

    func waitForScan(of bytes: Int) throws -> Int64 {
        let scan = try happenings.wait(happenings.scanned)
        guard scan.bytes == bytes else { throw BenchError("A label of \(scan.bytes) bytes came instead of \(bytes).") }
        return scan.time
    }

    func stop() { hub.stop() }
}
