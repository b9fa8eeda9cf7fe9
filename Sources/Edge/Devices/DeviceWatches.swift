import Devices
import NIOCore
import Synchronization
import Transport
import USB
import Wire

/// Those who watch what the devices send. The devices tell of every report for as long as somebody does.
final class DeviceWatches: Sendable {
    /// Events on their way to one who watches; what comes meanwhile is missed.
    static let eventsUnderWayMax = 256
    /// Who may watch at once.
    static let watchesMax = 8

    private struct State {
        var watches: [UInt64: DeviceWatch] = [:]
        var last: UInt64 = 0
    }

    private let registry: DeviceRegistry
    private let state = Mutex(State())

    init(registry: DeviceRegistry) {
        self.registry = registry
    }

    /// Begins a watch: the devices as they stand, then what happens. Called on the sink's event loop.
    /// - Throws: ``Wire/Status`` TOO_MANY_WATCHERS.
    func begin(_ sink: StreamSink<Wire.DeviceEvent>, only device: String) throws(Wire.Status) {
        let watch = DeviceWatch(sink, only: device.isEmpty ? nil : device)
        let number = state.withLock { state -> UInt64? in
            guard state.watches.count < Self.watchesMax else { return nil }
            state.last += 1
            state.watches[state.last] = watch
            return state.last
        }
        guard let number else {
            throw Status(.tooManyWatchers, "Already \(Self.watchesMax) watch the devices. End one of them.")
        }
        sink.onCancel = { [self] _ in end(number) }
        for entry in registry.all where watch.shows(entry.info.device.path) {
            sink.send(Wire.DeviceEvent(event: .changed(Wire.Device(entry))))
        }
        trace()
    }

    private func end(_ number: UInt64) {
        state.withLock { $0.watches[number] = nil }
        trace()
    }

    /// Has the devices tell of every report for as long as somebody watches. Watches begin and end on several event loops:
    /// what is told last is what was true last, because it is told within the lock.
    private func trace() {
        state.withLock { registry.trace(!$0.watches.isEmpty) }
    }

    /// Takes what a hub tells, on the USB thread.
    func take(_ event: Devices.DeviceEvent) {
        let watches = state.withLock(\.watches)
        guard !watches.isEmpty, let message = message(event) else { return }
        for watch in watches.values where watch.shows(event.path) { watch.send(message) }
    }

    /// Says something of what was just told, on the USB thread.
    func tell(_ words: String, of event: Devices.DeviceEvent) {
        let problem = Wire.DeviceProblem(path: event.path.description, message: words)
        for watch in state.withLock(\.watches).values where watch.shows(event.path) {
            watch.send(Wire.DeviceEvent(event: .problem(problem)))
        }
    }

    private func message(_ event: Devices.DeviceEvent) -> Wire.DeviceEvent? {
        switch event {
        case .changed(let info):
            registry.entry(at: info.device.path).map { Wire.DeviceEvent(event: .changed(Wire.Device($0))) }
        case .left(let info): Wire.DeviceEvent(event: .left(info.device.path.description))
        case .report(let report): Wire.DeviceEvent(event: .report(Wire.DeviceReport(report)))
        case .scan(let scan): Wire.DeviceEvent(event: .scan(Wire.DeviceScan(scan)))
        case .problem(let info, let words):
            Wire.DeviceEvent(
                event: .problem(Wire.DeviceProblem(path: info.device.path.description, message: words)))
        }
    }
}

/// One who watches. Events come from the USB thread, and go out on the connection's event loop.
private final class DeviceWatch: Sendable {
    private let sink: StreamSink<Wire.DeviceEvent>
    private let device: String?
    private let underWay = Atomic<Int>(0)
    private let missed = Atomic<UInt32>(0)

    init(_ sink: StreamSink<Wire.DeviceEvent>, only device: String?) {
        self.sink = sink
        self.device = device
    }

    func shows(_ path: USBPath) -> Bool { device.map { $0 == path.description } ?? true }

    func send(_ message: Wire.DeviceEvent) {
        guard underWay.load(ordering: .relaxed) < DeviceWatches.eventsUnderWayMax else {
            missed.add(1, ordering: .relaxed)
            return
        }
        underWay.add(1, ordering: .relaxed)
        sink.context.eventLoop.execute { [self] in
            underWay.subtract(1, ordering: .relaxed)
            deliver(message)
        }
    }

    private func deliver(_ message: Wire.DeviceEvent) {
        guard sink.isOpen else { return }
        guard sink.credit > 1 else {
            missed.add(1, ordering: .relaxed)
            return
        }
        let lost = missed.exchange(0, ordering: .relaxed)
        if lost > 0 { sink.send(Wire.DeviceEvent(event: .missed(lost))) }
        sink.send(message)
    }
}

extension Devices.DeviceEvent {
    /// Where the device is plugged in.
    fileprivate var path: USBPath {
        switch self {
        case .changed(let info), .left(let info), .problem(let info, _): info.device.path
        case .scan(let scan): scan.path
        case .report(let report): report.path
        }
    }
}
