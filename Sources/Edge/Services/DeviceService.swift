import Devices
import NIOCore
import Transport
import Wire

/// Answers `countertop.v1.Devices`.
struct DeviceService: Sendable {
    let registry: DeviceRegistry
    let watches: DeviceWatches
    let captures: DeviceCaptures
    let lanes: StoreLanes

    /// How long a display shows what it was told by `Devices/Tell`.
    static let showTime: TimeAmount = .seconds(10)
    private static let linesMax = 16

    func register(in router: inout CallRouter) {
        let service = self
        router.unary("countertop.v1.Devices/List") { (_: ListDevicesRequest, _) throws(Status) in
            ListDevicesAnswer(devices: service.registry.all.map(Wire.Device.init))
        }
        router.stream("countertop.v1.Devices/Watch") {
            (request: WatchDevicesRequest, sink: StreamSink<Wire.DeviceEvent>) throws(Status) in
            try service.watches.begin(sink, only: request.device)
        }
        router.unary("countertop.v1.Devices/Descriptors") { (request: DescriptorsRequest, _) throws(Status) in
            DescriptorsAnswer(service.registry.entry(at: request.device)?.info)
        }
        router.stream("countertop.v1.Devices/Capture") {
            (request: CaptureRequest, sink: StreamSink<CaptureEvent>) throws(Status) in
            try service.captures.begin(sink, only: request.devices)
        }
        router.unaryLater("countertop.v1.Devices/Tell") {
            (request: TellDeviceRequest, _, reply) throws(Status) in
            try service.tell(request, reply)
        }
    }

    private func tell(_ request: TellDeviceRequest, _ reply: LaterReply) throws(Status) {
        let order = try Self.order(request)
        let loop = reply.context.eventLoop
        registry.order(order, to: request.device) { end in
            loop.execute { reply.answer(packed: TellDeviceAnswer(end: Wire.DeviceOrderEnd(end)).packed()) }
        }
        guard case .show = order, let lane = registry.entry(at: request.device)?.lane else { return }
        let lanes = lanes
        lanes.eventLoop.scheduleTask(in: Self.showTime) {
            lanes.onEventLoop { try? $0.host(lane).redraw() }
        }
    }

    private static func order(_ request: TellDeviceRequest) throws(Status) -> DeviceOrder {
        switch request.order {
        case .signal(let name):
            guard let signal = ScannerSignal(rawValue: name) else {
                let known = ScannerSignal.allCases.map(\.rawValue).joined(separator: ", ")
                throw Status(.argumentInvalid, "There is no signal of that name. There are \(known).")
            }
            return .tell(signal)
        case .show(let show): return .show(try DisplayScreen(show, linesMax: linesMax))
        case nil: throw Status(.argumentInvalid, "Say what the device is to be told: a signal, or lines to show.")
        }
    }
}
