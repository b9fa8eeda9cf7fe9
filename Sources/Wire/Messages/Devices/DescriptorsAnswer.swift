import CCountertopProtos

/// The interfaces of one device, with what the edge has read of them.
public struct DescriptorsAnswer: WireMessage {
    public static let schema = WireSchema(countertop__v1__descriptors_answer__init)

    /// In the order of their numbers.
    public var interfaces: [InterfaceDescriptor] = []

    public init() {}

    public init(interfaces: [InterfaceDescriptor] = []) {
        self.interfaces = interfaces
    }

    public mutating func fields(_ fields: inout WireFields) {
        fields.field(1, "interfaces", &interfaces)
    }
}
