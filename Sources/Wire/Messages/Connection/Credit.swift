import CCountertopProtos

/// Lets the edge send this many more messages on the stream.
public struct Credit: WireMessage {
    public static let schema = WireSchema(countertop__v1__credit__init)

    /// This many more.
    public var messages: UInt32 = 0

    public init() {}

    public init(messages: UInt32 = 0) {
        self.messages = messages
    }

    public mutating func fields(_ fields: inout WireFields) {
        fields.field(1, "messages", &messages)
    }
}
