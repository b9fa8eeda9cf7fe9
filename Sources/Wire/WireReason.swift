/// Why a call or a connection ended: a stable upper-case name for programs, and the status code that goes with it.
///
/// The reasons here are those of the wire itself. A service adds its own in an extension.
public struct WireReason: Sendable, Hashable {
    /// What ``Status/reason`` holds: "CONSUMER_TOO_SLOW". It never changes its meaning.
    public let name: String
    /// What ``Status/code`` holds.
    public let code: StatusCode

    public init(_ name: String, _ code: StatusCode) {
        self.name = name
        self.code = code
    }
}

/// Reasons for which a connection ends.
extension WireReason {
    /// The client's first frame was no Hello.
    public static let helloFirst = WireReason("HELLO_FIRST", .invalidArgument)
    /// No Hello came in time.
    public static let helloLate = WireReason("HELLO_LATE", .deadlineExceeded)
    /// Both sides have no protocol version in common.
    public static let versionUnsupported = WireReason("VERSION_UNSUPPORTED", .unimplemented)
    /// No Welcome came in time: something listens there that is no edge, or a very busy one.
    public static let welcomeLate = WireReason("WELCOME_LATE", .unavailable)
    /// A frame that says nothing the edge knows: it is empty, or of a version that was not agreed on.
    public static let frameEmpty = WireReason("FRAME_EMPTY", .invalidArgument)
    /// A frame that its sender may not send, or not now, or not on that stream.
    public static let frameUnexpected = WireReason("FRAME_UNEXPECTED", .invalidArgument)
    /// A frame is longer than the limit that holds.
    public static let frameTooLong = WireReason("FRAME_TOO_LONG", .resourceExhausted)
    /// A request came on a stream whose number is even, or not above all before it.
    public static let streamNumberInvalid = WireReason("STREAM_NUMBER_INVALID", .invalidArgument)
    /// More pings than are allowed.
    public static let tooManyPings = WireReason("TOO_MANY_PINGS", .resourceExhausted)
    /// More requests were cancelled in a short time than are allowed.
    public static let tooManyCancels = WireReason("TOO_MANY_CANCELS", .resourceExhausted)
    /// More frames without any use than are allowed: refused requests, credit for streams that ended, and such.
    public static let tooManyUselessFrames = WireReason("TOO_MANY_USELESS_FRAMES", .resourceExhausted)
    /// The other side sent nothing, not even a Pong, for too long.
    public static let peerSilent = WireReason("PEER_SILENT", .unavailable)
    /// The connection broke.
    public static let connectionLost = WireReason("CONNECTION_LOST", .unavailable)
    /// A side says goodbye: streams that were not served are safe to retry elsewhere or later.
    public static let shuttingDown = WireReason("SHUTTING_DOWN", .unavailable)
    /// The client said goodbye, which ends its streams.
    public static let clientLeft = WireReason("CLIENT_LEFT", .cancelled)
}

/// Reasons for which a stream ends; those on malformed messages also end a connection when the message is a frame.
extension WireReason {
    /// Bytes that are no message of the kind they should be, see ``WireError/Code``.
    public static let messageMalformed = WireReason("MESSAGE_MALFORMED", .invalidArgument)
    /// A message with more in it than is taken at once, see ``WireError/Code``.
    public static let messageTooLarge = WireReason("MESSAGE_TOO_LARGE", .resourceExhausted)
    /// The edge has no such call.
    public static let callUnknown = WireReason("CALL_UNKNOWN", .unimplemented)
    /// As many streams are open as may be.
    public static let tooManyStreams = WireReason("TOO_MANY_STREAMS", .resourceExhausted)
    /// The client's stream numbers are used up; a new connection has new ones.
    public static let streamsUsedUp = WireReason("STREAMS_USED_UP", .unavailable)
    /// The request's deadline passed before the answer was there.
    public static let deadlinePassed = WireReason("DEADLINE_PASSED", .deadlineExceeded)
    /// The caller gave the call up.
    public static let callCancelled = WireReason("CALL_CANCELLED", .cancelled)
    /// The client did not read, or gave no credit, for so long that too much waited for it. It may resume.
    public static let consumerTooSlow = WireReason("CONSUMER_TOO_SLOW", .resourceExhausted)
    /// The answer is longer than a frame may be.
    public static let answerTooLong = WireReason("ANSWER_TOO_LONG", .resourceExhausted)
    /// The request is longer than a frame may be.
    public static let requestTooLong = WireReason("REQUEST_TOO_LONG", .resourceExhausted)
    /// More messages came on a stream than credit was given for.
    public static let creditExceeded = WireReason("CREDIT_EXCEEDED", .internal)
}

extension WireError {
    /// The reason a peer is given for it.
    public var reason: WireReason {
        switch code {
        case .frameTooLong: .frameTooLong
        case .tooManyFields, .tooManyMessages, .tooManyValues, .outOfBudget: .messageTooLarge
        default: .messageMalformed
        }
    }
}
