import CCountertopProtos

/// Something that happened to a device.
public struct DeviceEvent: WireMessage {
    public static let schema = WireSchema(countertop__v1__device_event__init)

    /// What happened; `nil` when it is something this version does not know.
    public var event: Event?

    public init() {}

    public init(event: Event? = nil) {
        self.event = event
    }

    public mutating func fields(_ fields: inout WireFields) {
        fields.choice(1, "changed", &event, Event.changed) {
            if case .changed(let value) = $0 { value } else { nil }
        }
        fields.choice(2, "left", &event, Event.left) {
            if case .left(let value) = $0 { value } else { nil }
        }
        fields.choice(3, "report", &event, Event.report) {
            if case .report(let value) = $0 { value } else { nil }
        }
        fields.choice(4, "scan", &event, Event.scan) {
            if case .scan(let value) = $0 { value } else { nil }
        }
        fields.choice(5, "problem", &event, Event.problem) {
            if case .problem(let value) = $0 { value } else { nil }
        }
        fields.choice(6, "missed", &event, Event.missed) {
            if case .missed(let value) = $0 { value } else { nil }
        }
    }

    /// What happened; `nil` when it is something this version does not know.
    public enum Event: Sendable, Equatable {
        /// The device as it stands.
        case changed(Device)
        /// The port path of a device that was unplugged.
        case left(String)
        /// A report that came.
        case report(DeviceReport)
        /// A label that was read.
        case scan(DeviceScan)
        /// Something that a person should know.
        case problem(DeviceProblem)
        /// So many events were not sent, because the reader was too slow.
        case missed(UInt32)
    }
}
