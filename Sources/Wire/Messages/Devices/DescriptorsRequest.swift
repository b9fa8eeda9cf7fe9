import CCountertopProtos

/// Asks for the report descriptors of one device.
public struct DescriptorsRequest: WireMessage {
    public static let schema = WireSchema(countertop__v1__descriptors_request__init)

    /// The port path.
    public var device: String = ""

    public init() {}

    public init(device: String = "") {
        self.device = device
    }

    public mutating func fields(_ fields: inout WireFields) {
        fields.field(1, "device", &device)
    }
}
