import CCountertopProtos

/// Asks for a Pong with the same token. Either side may send it.
public struct Ping: WireMessage {
    public static let schema = WireSchema(countertop__v1__ping__init)

    /// The number the Pong has to repeat.
    public var token: UInt64 = 0

    public init() {}

    public init(token: UInt64 = 0) {
        self.token = token
    }

    public mutating func fields(_ fields: inout WireFields) {
        fields.field(1, "token", &token)
    }
}
