import CCountertopProtos

/// Has a system tried.
public struct CheckSystemRequest: WireMessage {
    public static let schema = WireSchema(countertop__v1__check_system_request__init)

    /// The system's name.
    public var name: String = ""

    public init() {}

    public init(
        name: String = ""
    ) {
        self.name = name
    }

    public mutating func fields(_ fields: inout WireFields) {
        fields.field(1, "name", &name)
    }
}
