import CCountertopProtos

/// Asks whether the edge can do its work.
public struct HealthRequest: WireMessage {
    public static let schema = WireSchema(countertop__v1__health_request__init)

    public init() {}

    public mutating func fields(_ fields: inout WireFields) {}
}
