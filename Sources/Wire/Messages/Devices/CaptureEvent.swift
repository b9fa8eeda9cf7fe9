import CCountertopProtos

/// Transfers of the edge's devices. They hold what is scanned.
public struct CaptureEvent: WireMessage {
    public static let schema = WireSchema(countertop__v1__capture_event__init)

    /// Packets as the kernel's usbmon gives them: a header of 64 bytes and the data, in the order in which they came.
    public var packets: [[UInt8]] = []
    /// So many packets before these were not sent, because the reader was too slow.
    public var missed: UInt32 = 0

    public init() {}

    public init(packets: [[UInt8]] = [], missed: UInt32 = 0) {
        self.packets = packets
        self.missed = missed
    }

    public mutating func fields(_ fields: inout WireFields) {
        fields.field(1, "packets", &packets)
        fields.field(2, "missed", &missed)
    }
}
