/// Every bound of the wire. The edge tells a client those it must know in its Welcome.
public struct WireLimits: Sendable, Equatable {
    /// The longest frame, in bytes, its 4-byte length not counted.
    public var frameBytesMax: Int
    /// How many messages may lie within each other, the outermost counted.
    public var depthMax: Int
    /// How many fields a message and all messages within it may have.
    public var fieldsMax: Int
    /// How many messages may lie within one message, at any depth.
    public var messagesMax: Int
    /// How many values one repeated field may have.
    public var valuesMax: Int
    /// How much memory unpacking a message may take, in bytes.
    public var unpackedBytesMax: Int

    public init(
        frameBytesMax: Int, depthMax: Int, fieldsMax: Int, messagesMax: Int, valuesMax: Int, unpackedBytesMax: Int
    ) {
        self.frameBytesMax = frameBytesMax
        self.depthMax = depthMax
        self.fieldsMax = fieldsMax
        self.messagesMax = messagesMax
        self.valuesMax = valuesMax
        self.unpackedBytesMax = unpackedBytesMax
    }

    /// What holds until a client has said who it is.
    public static let beforeHello = WireLimits(
        frameBytesMax: 4 << 10, depthMax: 8, fieldsMax: 128, messagesMax: 16, valuesMax: 64,
        unpackedBytesMax: 32 << 10)

    /// What holds from then on.
    public static let afterHello = WireLimits(
        frameBytesMax: 64 << 10, depthMax: 8, fieldsMax: 16_384, messagesMax: 4_096, valuesMax: 4_096,
        unpackedBytesMax: 512 << 10)
}
