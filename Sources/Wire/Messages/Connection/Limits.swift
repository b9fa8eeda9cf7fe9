import CCountertopProtos

/// What the edge accepts on this connection.
public struct Limits: WireMessage {
    public static let schema = WireSchema(countertop__v1__limits__init)

    /// The longest frame, in bytes, its 4-byte length not counted.
    public var frameBytesMax: UInt32 = 0
    /// How many streams may be open at once.
    public var streamsMax: UInt32 = 0
    /// How many messages the edge sends on a stream before it waits for credit.
    public var creditMessagesInitial: UInt32 = 0
    /// With ``WireFeature/connectionCredit``: how many bytes of messages the edge sends on all streams together before it
    /// waits for credit.
    public var creditBytesInitial: UInt32 = 0

    public init() {}

    public init(
        frameBytesMax: UInt32 = 0, streamsMax: UInt32 = 0, creditMessagesInitial: UInt32 = 0,
        creditBytesInitial: UInt32 = 0
    ) {
        self.frameBytesMax = frameBytesMax
        self.streamsMax = streamsMax
        self.creditMessagesInitial = creditMessagesInitial
        self.creditBytesInitial = creditBytesInitial
    }

    public mutating func fields(_ fields: inout WireFields) {
        fields.field(1, "frame_bytes_max", &frameBytesMax)
        fields.field(2, "streams_max", &streamsMax)
        fields.field(3, "credit_messages_initial", &creditMessagesInitial)
        fields.field(4, "credit_bytes_initial", &creditBytesInitial)
    }
}
