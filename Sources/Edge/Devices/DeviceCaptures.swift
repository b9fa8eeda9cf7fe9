import Capture
import NIOCore
import Synchronization
import Transport
import USB
import Wire

/// Those who record what goes between the edge and its devices.
final class DeviceCaptures: Sendable {
    /// Who may record at once.
    static let capturesMax = 2

    /// Between the buses and those who record.
    let tap = TransferTap()
    private let count = Mutex(0)

    /// Begins a capture: the devices' descriptors, then what goes over the bus. Called on the sink's event loop.
    /// - Parameter devices: port paths; none for all devices.
    /// - Throws: ``Wire/Status`` TOO_MANY_WATCHERS.
    func begin(_ sink: StreamSink<CaptureEvent>, only devices: [String]) throws(Status) {
        let isPlace = count.withLock { count in
            guard count < Self.capturesMax else { return false }
            count += 1
            return true
        }
        guard isPlace else {
            throw Status(.tooManyWatchers, "Already \(Self.capturesMax) record the devices. End one of them.")
        }
        let capture = DeviceCapture(sink)
        let paths = Set(devices)
        let number = tap.begin(
            isRecorded: { paths.isEmpty || paths.contains($0.path.description) }, take: { capture.take($0.bytes) })
        sink.onCredit = { capture.flush() }
        sink.onCancel = { [self] _ in
            tap.end(number)
            count.withLock { $0 -= 1 }
        }
    }
}

/// One who records. Packets come from the USB thread, wait for the client's credit, and go out many at a time.
private final class DeviceCapture: Sendable {
    /// What may wait. A capture begins with a dozen packets for each device.
    private static let waitingBytesMax = 1 << 20
    /// What goes out in one message, far below a frame's limit.
    private static let messageBytesMax = 16 << 10

    private struct Waiting {
        var packets: [[UInt8]] = []
        var bytes = 0
        var missed: UInt32 = 0
        var isFlushDue = false
    }

    private let sink: StreamSink<CaptureEvent>
    private let waiting = Mutex(Waiting())

    init(_ sink: StreamSink<CaptureEvent>) {
        self.sink = sink
    }

    func take(_ packet: [UInt8]) {
        let isFirst = waiting.withLock { waiting in
            guard waiting.bytes + packet.count <= Self.waitingBytesMax, packet.count <= Self.messageBytesMax else {
                waiting.missed += 1
                return false
            }
            waiting.packets.append(packet)
            waiting.bytes += packet.count
            defer { waiting.isFlushDue = true }
            return !waiting.isFlushDue
        }
        if isFirst { sink.context.eventLoop.execute { [self] in flush() } }
    }

    /// Sends what waits, as far as the client wants it. On the sink's event loop.
    func flush() {
        while sink.isOpen, sink.hasCredit, let event = next() { sink.send(event) }
    }

    private func next() -> CaptureEvent? {
        waiting.withLock { waiting in
            waiting.isFlushDue = false
            guard !waiting.packets.isEmpty || waiting.missed > 0 else { return nil }
            var event = CaptureEvent(missed: waiting.missed)
            waiting.missed = 0
            var bytes = 0
            let count = waiting.packets.prefix { packet in
                bytes += packet.count
                return bytes <= Self.messageBytesMax
            }.count
            event.packets = Array(waiting.packets.prefix(count))
            waiting.packets.removeFirst(count)
            waiting.bytes -= event.packets.reduce(0) { $0 + $1.count }
            return event
        }
    }
}
