import CCountertopProtos

/// The client no longer wants the stream's answer. No frame follows on that stream.
public struct Cancel: WireMessage {
    public static let schema = WireSchema(countertop__v1__cancel__init)

    public init() {}

    public mutating func fields(_ fields: inout WireFields) {}
}
