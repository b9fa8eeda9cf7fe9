import CCountertopProtos

/// The answer to a Ping.
public struct Pong: WireMessage {
    public static let schema = WireSchema(countertop__v1__pong__init)

    /// The Ping's number.
    public var token: UInt64 = 0

    public init() {}

    public init(token: UInt64 = 0) {
        self.token = token
    }

    public mutating func fields(_ fields: inout WireFields) {
        fields.field(1, "token", &token)
    }
}
