import NIOCore
import Synchronization
import Wire

/// The connections a listener has, and how many more it takes.
final class OpenConnections: Sendable {
    enum Admission {
        case welcome(id: UInt64)
        /// To be told why not.
        case refused(id: UInt64)
        /// To be closed: enough others are being told.
        case dropped
    }

    private struct State {
        var channels: [UInt64: (any Channel, done: EventLoopFuture<Void>)] = [:]
        /// Who is at the other end, of those that have proved it.
        var callers: [UInt64: String] = [:]
        var waiting = WaitingRoom()
        var handshakes: SourceAllowances
        var offences: SourceAllowances
        var refusals = 0
        var isDraining = false
    }

    private let state: Mutex<State>
    private let limits: TransportLimits
    private let numbers: ConnectionNumbers

    init(_ limits: TransportLimits, numbers: ConnectionNumbers = ConnectionNumbers()) {
        self.limits = limits
        self.numbers = numbers
        state = Mutex(
            State(
                handshakes: SourceAllowances(limits.handshakes, sourcesMax: limits.sourcesMax),
                offences: SourceAllowances(limits.offences, sourcesMax: limits.sourcesMax)))
    }

    var isDraining: Bool { state.withLock(\.isDraining) }

    /// How many connections are open, those counted that are being refused.
    var count: Int { state.withLock { $0.channels.count } }

    /// Whether a source may begin one more TLS handshake, which costs more than all else. It counts as begun.
    func mayBeginHandshake(from source: String) -> Bool {
        let now = LoopClock.now()
        return state.withLock { state in
            guard state.handshakes.wait(of: source, now: now) == .zero else { return false }
            state.handshakes.spend(source, now: now)
            return true
        }
    }

    /// Takes note of a connection until it closes. Where there is no place, the oldest one gives way that has not proved who
    /// it is.
    /// - Parameter done: when its calls have ended, too.
    func admit(_ channel: any Channel, until done: EventLoopFuture<Void>) -> Admission {
        let address = SourceAddress.key(of: channel.remoteAddress)
        let (admission, leaving) = state.withLock { state -> (Admission, (any Channel)?) in
            let isFull = state.channels.count - state.refusals >= limits.connectionsMax
            let leaving = isFull || state.waiting.count >= limits.strangersMax ? state.waiting.leave() : nil
            let isRefused = state.isDraining || isFull && leaving == nil
            if isRefused, state.refusals >= limits.refusalsMax { return (.dropped, nil) }
            let id = numbers.next()
            state.channels[id] = (channel, done)
            if isRefused {
                state.refusals += 1
                return (.refused(id: id), nil)
            }
            state.waiting.enter(id, from: address)
            return (.welcome(id: id), leaving.flatMap { state.channels[$0]?.0 })
        }
        leaving?.pipeline.fireUserInboundEventTriggered(ListenerEvent.giveWay(gaveWay))
        switch admission {
        case .welcome(let id): forget(id, isRefused: false, when: channel.closeFuture)
        case .refused(let id): forget(id, isRefused: true, when: channel.closeFuture)
        case .dropped: break
        }
        return admission
    }

    private func forget(_ id: UInt64, isRefused: Bool, when closed: EventLoopFuture<Void>) {
        closed.whenComplete { [self] _ in
            state.withLock { state in
                state.channels[id] = nil
                state.callers[id] = nil
                state.waiting.remove(id)
                if isRefused { state.refusals -= 1 }
            }
        }
    }

    /// A connection has said Hello and proved who it is.
    /// - Returns: why it has to go all the same, where its caller has too many.
    func proved(_ connection: ConnectionInfo) -> Status? {
        let caller = connection.caller
        return state.withLock { state in
            state.waiting.remove(connection.id)
            if caller.role != .administrator {
                guard state.callers.values.count(where: { $0 == caller.id }) < limits.connectionsOfTillMax else {
                    return tooManyOfTill
                }
            }
            state.callers[connection.id] = caller.id
            return nil
        }
    }

    /// How long a new connection waits because others of its source broke rules.
    /// - Returns: `nil` when it would be too long.
    func wait(of connection: ConnectionInfo) -> Duration? {
        let now = LoopClock.now()
        return state.withLock { state -> Duration? in
            let wait = state.offences.wait(of: connection.source, now: now)
            guard wait > .zero else { return .zero }
            guard wait <= limits.offenceWaitMax else { return nil }
            // The next one waits until this one has had its turn.
            state.offences.spend(connection.source, now: now)
            return wait
        }
    }

    /// A connection ended because it broke a rule.
    func broke(by connection: ConnectionInfo) {
        let now = LoopClock.now()
        state.withLock { $0.offences.spend(connection.source, now: now) }
    }

    /// How many connections a caller has.
    func count(of caller: String) -> Int {
        state.withLock { state in state.callers.values.count { $0 == caller } }
    }

    /// Those that are open.
    var all: [any Channel] { state.withLock { $0.channels.values.map { $0.0 } } }

    /// Takes no more.
    /// - Returns: those that are open.
    func drain() -> [(any Channel, done: EventLoopFuture<Void>)] {
        state.withLock { state in
            state.isDraining = true
            return Array(state.channels.values)
        }
    }

    private var tooManyOfTill: Status {
        Status(
            .tooManyConnections,
            "This till has \(limits.connectionsOfTillMax) connections, as many as one may have. Close those it does not use."
        )
    }

    private var gaveWay: Status {
        Status(
            .gaveWay,
            "As many connections wait to say Hello and to prove who they are as may, so this one gave way to a newer one. "
                + "Connect again, and do both at once.")
    }
}
