/// The client's side of one connection: every rule of the wire, and no socket, no clock and no caller.
///
/// It is used as ``ServerConnection`` is: frames and a monotonic time come in, actions are appended to the caller's array.
/// Begin with ``start(into:)``. Requests may be made before the Welcome is there; they wait for it.
package struct ClientConnection: Sendable {
    enum State: Sendable, Equatable {
        case waitingForWelcome
        case ready
        /// One side said goodbye. It ends at `until` at the latest.
        case draining(until: Duration, Status)
        case closed
    }

    let limits: ConnectionLimits
    let hello: Hello
    var state = State.waitingForWelcome
    /// What the edge told in its Welcome.
    package internal(set) var welcome: Welcome?
    var streams: [UInt32: ClientStream] = [:]
    /// Streams whose requests wait for their turn, in order.
    var waiting: [UInt32] = []
    var nextStream: UInt32 = 1
    /// How many bytes of messages the edge may still send on all streams together; `nil` when it counts none.
    var creditBytes: Int?
    /// Bytes that were taken since such credit was given last.
    var takenBytes = 0
    var keepalive: Keepalive
    /// At or before the first of the streams' deadlines.
    var streamDeadline: Duration?
    var pings: Allowance
    let welcomeDeadline: Duration

    package init(hello: Hello, limits: ConnectionLimits = ConnectionLimits(), now: Duration) {
        self.hello = hello
        self.limits = limits
        keepalive = Keepalive(limits, now: now)
        pings = Allowance(limits.pings, now: now)
        welcomeDeadline = now + limits.helloWait
    }

    /// What every frame of the edge has to hold to.
    package var frameLimits: WireLimits { limits.frames }

    /// Whether the connection has ended; it then takes everything and does nothing.
    package var isClosed: Bool { state == .closed }

    /// How many streams are open or wait for their turn.
    package var openStreams: Int { streams.count }

    /// When ``tick(now:into:)`` has to be called at the latest; `nil` once closed.
    package var deadline: Duration? {
        switch state {
        case .waitingForWelcome: min(welcomeDeadline, streamDeadline ?? welcomeDeadline)
        case .ready: min(keepalive.deadline, streamDeadline ?? keepalive.deadline)
        case .draining(let until, _): min(until, keepalive.deadline, streamDeadline ?? until)
        case .closed: nil
        }
    }

    /// Says hello.
    package func start(into actions: inout [ClientAction]) {
        actions.append(.send(PackedFrame(Frame(kind: .hello(hello)))))
    }
}
