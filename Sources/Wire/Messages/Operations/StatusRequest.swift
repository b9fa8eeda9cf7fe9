import CCountertopProtos

/// Asks how the edge and all it works with stands.
public struct StatusRequest: WireMessage {
    public static let schema = WireSchema(countertop__v1__status_request__init)

    public init() {}

    public mutating func fields(_ fields: inout WireFields) {}
}
