import Transport
public import Wire

/// Why a call, a watch or a connection ended otherwise than well.
public struct CountertopError: Error, Sendable, Hashable, CustomStringConvertible {
    /// One of gRPC's 17 codes: `.notFound`, `.unavailable`, `.deadlineExceeded`, `.cancelled` ...
    public let code: StatusCode
    /// A stable upper-case name for programs: "CUSTOMER_UNKNOWN", "LANE_HELD", "CONNECTION_LOST".
    public let reason: String
    /// A sentence for people: what happened, why, and what to do. It holds no personal data.
    public let message: String
    /// True when the edge surely never began the call, so that it is safe to make again, whatever it does.
    public let isUnserved: Bool

    /// After how long it makes sense to try again; `nil` when nothing is known of that.
    public var retryAfter: Duration?
    /// With OUTCOME_UNKNOWN: the id under which the same call, made again, has no second effect and gets its answer.
    public var operation: OperationID?

    public init(_ code: StatusCode, reason: String, message: String, isUnserved: Bool = false) {
        self.code = code
        self.reason = reason
        self.message = message
        self.isUnserved = isUnserved
    }

    init(_ failure: CallFailure) {
        self.init(
            failure.status.statusCode, reason: failure.status.reason, message: failure.status.message,
            isUnserved: !failure.wasServed)
        if failure.status.retryAfterMs > 0 { retryAfter = .milliseconds(failure.status.retryAfterMs) }
    }

    /// The connection was lost while the edge had the call, or may have had it.
    /// - Parameter last: how a later attempt ended, which says nothing of the first.
    static func outcomeUnknown(_ operation: OperationID?, last: CountertopError? = nil) -> CountertopError {
        var error = CountertopError(
            .unknown, reason: "OUTCOME_UNKNOWN",
            message: "The connection was lost, and nobody knows whether the edge has carried the call out. "
                + (operation == nil ? "Look before it is made again." : "Make it again with the same operation id.")
                + (last.map { " The last attempt ended with \($0.reason): \($0.message)" } ?? ""))
        error.operation = operation
        return error
    }

    /// Whether the connection ended, and not the call: whatever it was, it can be tried on a new one.
    package var isConnectionLost: Bool {
        [
            "CONNECTION_LOST", "CONNECT_FAILED", "GAVE_WAY", "HELLO_LATE", "IDENTITY_LATE", "PEER_SILENT",
            "SHUTTING_DOWN", "STREAMS_USED_UP", "TOO_MANY_CONNECTIONS", "WELCOME_LATE",
        ].contains(reason)
    }

    /// Whether a watch that ended so is worth another try after a while, on the same connection too.
    var isWatchLost: Bool {
        ["CONSUMER_TOO_SLOW", "JOURNAL_UNREADABLE", "TOO_MANY_WATCHERS"].contains(reason)
    }

    /// The edge's answer is no message of the type it must have.
    init(_ error: WireError) {
        self.init(
            .internal, reason: error.reason.name,
            message: "The edge's answer cannot be read: \(error.message) Update the older of the two.")
    }

    public var description: String { "\(code) \(reason): \(message)" }
}
