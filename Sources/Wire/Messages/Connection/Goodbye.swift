import CCountertopProtos

/// The sender will close the connection. Streams above `last_stream` were not served and are safe to retry.
public struct Goodbye: WireMessage {
    public static let schema = WireSchema(countertop__v1__goodbye__init)

    /// The highest stream that was served.
    public var lastStream: UInt32 = 0
    /// A stable upper-case reason for programs: "SHUTTING_DOWN".
    public var reason: String = ""
    /// A sentence for people; it holds no personal data.
    public var message: String = ""

    public init() {}

    public init(lastStream: UInt32 = 0, reason: String = "", message: String = "") {
        self.lastStream = lastStream
        self.reason = reason
        self.message = message
    }

    public mutating func fields(_ fields: inout WireFields) {
        fields.field(1, "last_stream", &lastStream)
        fields.field(2, "reason", &reason)
        fields.field(3, "message", &message)
    }
}
