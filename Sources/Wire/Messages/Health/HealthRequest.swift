import CCountertopProtos

/// Asks whether the edge can do its work.
public struct HealthRequest: WireMessage {
    public static let schema = WireSchema(countertop__v1__health_request__init)

    /// "customers", "lanes", "devices", or empty for all of them.
    public var service: String = ""

    public init() {}

    public init(service: String = "") {
        self.service = service
    }

    public mutating func fields(_ fields: inout WireFields) {
        fields.field(1, "service", &service)
    }
}
