import CCountertopProtos

/// Something that a person should know of a device.
public struct DeviceProblem: WireMessage {
    public static let schema = WireSchema(countertop__v1__device_problem__init)

    /// The device's port path.
    public var path: String = ""
    /// What happened, why, and what to do.
    public var message: String = ""

    public init() {}

    public init(path: String = "", message: String = "") {
        self.path = path
        self.message = message
    }

    public mutating func fields(_ fields: inout WireFields) {
        fields.field(1, "path", &path)
        fields.field(2, "message", &message)
    }
}
