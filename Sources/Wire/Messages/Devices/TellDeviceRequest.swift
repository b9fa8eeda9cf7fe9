import CCountertopProtos

/// Tells one device something.
public struct TellDeviceRequest: WireMessage {
    public static let schema = WireSchema(countertop__v1__tell_device_request__init)

    /// The port path.
    public var device: String = ""
    /// What it is told.
    public var order: Order?

    public init() {}

    public init(device: String = "", order: Order? = nil) {
        self.device = device
        self.order = order
    }

    public mutating func fields(_ fields: inout WireFields) {
        fields.field(1, "device", &device)
        fields.choice(2, "signal", &order, Order.signal) {
            if case .signal(let value) = $0 { value } else { nil }
        }
        fields.choice(3, "show", &order, Order.show) {
            if case .show(let value) = $0 { value } else { nil }
        }
    }

    /// What it is told.
    public enum Order: Sendable, Equatable {
        /// One of ``Device/signals``.
        case signal(String)
        /// Lines for a display.
        case show(DeviceLines)
    }
}
