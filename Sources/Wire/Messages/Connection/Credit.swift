import CCountertopProtos

/// Lets the edge send more.
public struct Credit: WireMessage {
    public static let schema = WireSchema(countertop__v1__credit__init)

    /// On a stream: so many more messages.
    public var messages: UInt32 = 0
    /// On stream 0, with ``WireFeature/connectionCredit``: so many more bytes of messages on all streams together.
    public var bytes: UInt32 = 0

    public init() {}

    public init(messages: UInt32 = 0, bytes: UInt32 = 0) {
        self.messages = messages
        self.bytes = bytes
    }

    public mutating func fields(_ fields: inout WireFields) {
        fields.field(1, "messages", &messages)
        fields.field(2, "bytes", &bytes)
    }
}
