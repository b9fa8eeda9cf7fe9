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
    }

    /// The edge's answer is no message of the type it must have.
    init(_ error: WireError) {
        self.init(
            .internal, reason: error.reason.name,
            message: "The edge's answer cannot be read: \(error.message) Update the older of the two.")
    }

    public var description: String { "\(code) \(reason): \(message)" }
}
