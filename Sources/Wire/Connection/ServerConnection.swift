/// The edge's side of one connection: every rule of the wire, and no socket, no clock and no call.
///
/// Frames and the time come in; actions go out, appended to the caller's array so that the hot path allocates none. The
/// time is monotonic, from any beginning, and never goes back. Whoever holds the socket:
/// - gives frames to ``receive(_:now:into:)``, and sets its reader's limits to ``frameLimits`` after each;
/// - calls ``tick(now:into:)`` at ``deadline``; too early is no harm;
/// - tells by ``setWritable(_:now:into:)`` when the socket does not take more, and does not read meanwhile;
/// - ends with ``fail(_:into:)``, ``drain(_:now:into:)`` or ``disconnect(into:)``.
package struct ServerConnection: Sendable {
    enum State: Sendable, Equatable {
        case waitingForHello
        case serving
        /// Open streams may end; no new ones begin. It ends at `until` at the latest.
        case draining(until: Duration, Status)
        case closed
    }

    private(set) var limits: ConnectionLimits
    let greeting: ServerGreeting
    /// What the Welcome gives a stranger to sign.
    let nonce: [UInt8]
    var state = State.waitingForHello
    var streams: [UInt32: ServerStream] = [:]
    /// The highest stream number seen.
    var lastStream: UInt32 = 0
    /// The highest stream number whose call was started.
    var lastServed: UInt32 = 0
    var queuedBytes = 0
    /// How many bytes of messages may be sent on all streams together; `nil` when the client gives no such credit.
    var creditBytes: Int?
    /// The stream that sent last of those that had waited for that credit; the next has its turn first.
    var lastFlushed: UInt32 = 0
    var isWritable = true
    var keepalive: Keepalive
    /// At or before the first of the streams' deadlines.
    var streamDeadline: Duration?
    var pings: Allowance
    var cancels: Allowance
    var uselessFrames: Allowance
    let helloDeadline: Duration

    /// - Parameter nonce: what a client that has not proved who it is has to sign; empty when it needs no such proof.
    package init(
        greeting: ServerGreeting, nonce: [UInt8] = [], limits: ConnectionLimits = ConnectionLimits(), now: Duration
    ) {
        self.limits = limits
        self.greeting = greeting
        self.nonce = nonce
        keepalive = Keepalive(limits, now: now)
        pings = Allowance(limits.pings, now: now)
        cancels = Allowance(limits.cancels, now: now)
        uselessFrames = Allowance(limits.uselessFrames, now: now)
        helloDeadline = now + limits.helloWait
    }

    /// Holds to other limits from now on: the client has proved who it is, and was told.
    package mutating func adopt(_ limits: ConnectionLimits) {
        self.limits = limits
    }

    /// What the next frame has to hold to.
    package var frameLimits: WireLimits {
        state == .waitingForHello ? limits.framesBefore : limits.frames
    }

    /// Whether the connection has ended; it then takes everything and does nothing.
    package var isClosed: Bool { state == .closed }

    /// How many streams are open.
    package var openStreams: Int { streams.count }

    /// Whether a stream is open, and an answer on it of any use.
    package func isOpen(_ stream: UInt32) -> Bool {
        streams[stream].map { !$0.isAnswered } ?? false
    }

    /// How long the client has sent nothing.
    package func silence(_ now: Duration) -> Duration { now - keepalive.heard }

    /// Whether the client has given credit for messages on its connection.
    package var hasConnectionCredit: Bool { creditBytes.map { $0 > 0 } ?? true }

    /// When ``tick(now:into:)`` has to be called at the latest; `nil` once closed.
    package var deadline: Duration? {
        switch state {
        case .waitingForHello: helloDeadline
        case .serving: min(keepalive.deadline, streamDeadline ?? keepalive.deadline)
        case .draining(let until, _): min(until, keepalive.deadline, streamDeadline ?? until)
        case .closed: nil
        }
    }
}
