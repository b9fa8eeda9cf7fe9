import CCountertopProtos

/// Asks for the lanes this edge serves.
public struct ListLanesRequest: WireMessage {
    public static let schema = WireSchema(countertop__v1__list_lanes_request__init)

    public init() {}

    public mutating func fields(_ fields: inout WireFields) {}
}
