import CCountertopProtos

/// Asks for all feeds.
public struct ListFeedsRequest: WireMessage {
    public static let schema = WireSchema(countertop__v1__list_feeds_request__init)

    public init() {}

    public mutating func fields(_ fields: inout WireFields) {}
}
