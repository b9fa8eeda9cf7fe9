import CCountertopProtos

/// Asks how the systems stand.
public struct ListSystemsRequest: WireMessage {
    public static let schema = WireSchema(countertop__v1__list_systems_request__init)

    public init() {}

    public mutating func fields(_ fields: inout WireFields) {}
}
