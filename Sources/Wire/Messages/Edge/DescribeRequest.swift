import CCountertopProtos

/// Asks what an edge serves.
public struct DescribeRequest: WireMessage {
    public static let schema = WireSchema(countertop__v1__describe_request__init)

    public init() {}

    public mutating func fields(_ fields: inout WireFields) {}
}
