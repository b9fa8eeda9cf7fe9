import CCountertopProtos

/// Opens a stream and carries its one request.
public struct Request: WireMessage {
    public static let schema = WireSchema(countertop__v1__request__init)

    /// The call: "countertop.v1.Customers/Resolve".
    public var call: String = ""
    /// The packed request message of that call.
    public var body: [UInt8] = []
    /// Milliseconds from arrival after which the answer is of no use; 0 for none. The edge then answers
    /// DEADLINE_EXCEEDED.
    public var deadlineMs: UInt32 = 0
    /// An operation id, up to 64 bytes, with which the call is safe to make again; empty for none.
    public var operation: [UInt8] = []

    public init() {}

    public init(call: String = "", body: [UInt8] = [], deadlineMs: UInt32 = 0, operation: [UInt8] = []) {
        self.call = call
        self.body = body
        self.deadlineMs = deadlineMs
        self.operation = operation
    }

    public mutating func fields(_ fields: inout WireFields) {
        fields.field(1, "call", &call)
        fields.field(2, "body", &body)
        fields.field(3, "deadline_ms", &deadlineMs)
        fields.field(4, "operation", &operation)
    }
}
