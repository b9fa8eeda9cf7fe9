package import Wire

/// Reasons of the transport, beside the wire's own.
extension WireReason {
    /// As many connections are open as may be.
    package static let tooManyConnections = WireReason("TOO_MANY_CONNECTIONS", .resourceExhausted)
    /// As many calls with work of their own are running on the connection as may be.
    package static let tooManyCalls = WireReason("TOO_MANY_CALLS", .resourceExhausted)
    /// A call ended well without the answer it must have.
    package static let answerMissing = WireReason("ANSWER_MISSING", .internal)
    /// No connection came about.
    package static let connectFailed = WireReason("CONNECT_FAILED", .unavailable)
}
