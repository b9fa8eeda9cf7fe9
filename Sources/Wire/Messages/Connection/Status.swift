import CCountertopProtos

/// Ends a stream (or, on stream 0, the connection).
public struct Status: WireMessage {
    public static let schema = WireSchema(countertop__v1__status__init)

    /// One of gRPC's 17 codes: 0 OK ... 16 UNAUTHENTICATED.
    public var code: UInt32 = 0
    /// A stable upper-case reason for programs: "LANE_UNKNOWN".
    public var reason: String = ""
    /// A sentence for people: what happened, why, and what to do. It holds no personal data.
    public var message: String = ""
    /// After how many milliseconds it makes sense to try again; 0 when nothing is known of that.
    public var retryAfterMs: UInt32 = 0

    public init() {}

    public init(code: UInt32 = 0, reason: String = "", message: String = "", retryAfterMs: UInt32 = 0) {
        self.code = code
        self.reason = reason
        self.message = message
        self.retryAfterMs = retryAfterMs
    }

    public mutating func fields(_ fields: inout WireFields) {
        fields.field(1, "code", &code)
        fields.field(2, "reason", &reason)
        fields.field(3, "message", &message)
        fields.field(4, "retry_after_ms", &retryAfterMs)
    }
}
