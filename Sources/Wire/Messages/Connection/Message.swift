import CCountertopProtos

/// One message of a stream's answer.
public struct Message: WireMessage {
    public static let schema = WireSchema(countertop__v1__message__init)

    /// The packed response message of the call.
    public var body: [UInt8] = []
    /// True on the last message of a stream that ended well: no status follows.
    public var last: Bool = false

    public init() {}

    public init(body: [UInt8] = [], last: Bool = false) {
        self.body = body
        self.last = last
    }

    public mutating func fields(_ fields: inout WireFields) {
        fields.field(1, "body", &body)
        fields.field(2, "last", &last)
    }
}
