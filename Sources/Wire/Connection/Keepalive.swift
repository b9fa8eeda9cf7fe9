/// Whether the other side is still there: after a silence it is asked with a Ping, and any frame is an answer.
struct Keepalive: Sendable {
    /// What time asks for.
    enum Action: Equatable {
        case none
        case ping(Ping)
        case silent
    }

    private let silenceMax: Duration
    private let pongWait: Duration
    /// When a frame came last.
    private(set) var heard: Duration
    private var asked: Duration?
    private var token: UInt64 = 0

    init(_ limits: ConnectionLimits, now: Duration) {
        silenceMax = limits.silenceMax
        pongWait = limits.pongWait
        heard = now
    }

    /// A frame came.
    mutating func hear(_ now: Duration) {
        heard = now
        asked = nil
    }

    /// Whether a Pong answers a Ping of ours.
    func isAnswer(_ pong: Pong) -> Bool {
        pong.token != 0 && pong.token <= token
    }

    mutating func tick(_ now: Duration) -> Action {
        guard now >= deadline else { return .none }
        guard asked == nil else { return .silent }
        asked = now
        token += 1
        return .ping(Ping(token: token))
    }

    /// When ``tick(_:)`` has something to say.
    var deadline: Duration {
        asked.map { $0 + pongWait } ?? heard + silenceMax
    }
}
