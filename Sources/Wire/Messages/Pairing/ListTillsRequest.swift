import CCountertopProtos

/// Asks for the tills.
public struct ListTillsRequest: WireMessage {
    public static let schema = WireSchema(countertop__v1__list_tills_request__init)

    public init() {}

    public mutating func fields(_ fields: inout WireFields) {}
}
