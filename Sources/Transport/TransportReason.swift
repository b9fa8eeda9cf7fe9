package import Wire

/// Reasons of the transport, beside the wire's own.
extension WireReason {
    /// As many connections are open as may be.
    package static let tooManyConnections = WireReason("TOO_MANY_CONNECTIONS", .resourceExhausted)
    /// The connection had not said Hello or not proved who it is, and gave way to a newer one.
    package static let gaveWay = WireReason("GAVE_WAY", .resourceExhausted)
    /// The connection has not proved who it is, and this needs it.
    package static let identityNeeded = WireReason("IDENTITY_NEEDED", .unauthenticated)
    /// A connection that did not prove in time who it is.
    package static let identityLate = WireReason("IDENTITY_LATE", .deadlineExceeded)
    /// The client's certificate is none that this edge takes.
    package static let certificateRefused = WireReason("CERTIFICATE_REFUSED", .unauthenticated)
    /// The TLS handshake named another protocol, or none.
    package static let protocolNotNamed = WireReason("PROTOCOL_NOT_NAMED", .unimplemented)
    /// The other side is not the edge it should be: its certificate is another's.
    package static let edgeUntrusted = WireReason("EDGE_UNTRUSTED", .unauthenticated)
    /// As many calls with work of their own are running on the connection as may be.
    package static let tooManyCalls = WireReason("TOO_MANY_CALLS", .resourceExhausted)
    /// A call ended well without the answer it must have.
    package static let answerMissing = WireReason("ANSWER_MISSING", .internal)
    /// Two tasks of a client wait for the messages of the same stream.
    package static let streamTakenTwice = WireReason("STREAM_TAKEN_TWICE", .failedPrecondition)
    /// No connection came about.
    package static let connectFailed = WireReason("CONNECT_FAILED", .unavailable)
}
