import NIOCore
import Synchronization

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
        var strangers: Set<UInt64> = []
        var lastID: UInt64 = 0
        var refusals = 0
        var isDraining = false
    }

    private let state = Mutex(State())
    private let limits: TransportLimits

    init(_ limits: TransportLimits) {
        self.limits = limits
    }

    var isDraining: Bool { state.withLock(\.isDraining) }

    /// How many connections are open, those counted that are being refused.
    var count: Int { state.withLock { $0.channels.count } }

    /// Takes note of a connection until it closes.
    /// - Parameter done: when its calls have ended, too.
    func admit(_ channel: any Channel, until done: EventLoopFuture<Void>) -> Admission {
        let (admission, id, isRefused) = state.withLock { state -> (Admission, UInt64, Bool) in
            let isRefused = state.isDraining || state.channels.count - state.refusals >= limits.connectionsMax
            if isRefused, state.refusals >= limits.refusalsMax { return (.dropped, 0, true) }
            state.lastID += 1
            state.channels[state.lastID] = (channel, done)
            if isRefused { state.refusals += 1 }
            return (isRefused ? .refused(id: state.lastID) : .welcome(id: state.lastID), state.lastID, isRefused)
        }
        guard id > 0 else { return admission }
        channel.closeFuture.whenComplete { [self] _ in
            state.withLock { state in
                state.channels[id] = nil
                state.callers[id] = nil
                state.strangers.remove(id)
                if isRefused { state.refusals -= 1 }
            }
        }
        return admission
    }

    /// Takes note of who it is.
    /// - Returns: false when it is a stranger, and there are as many as may be.
    @discardableResult
    func identified(_ id: UInt64, as caller: Caller) -> Bool {
        state.withLock { state in
            guard caller.isKnown else {
                guard state.strangers.count < limits.strangersMax else { return false }
                state.strangers.insert(id)
                return true
            }
            state.strangers.remove(id)
            state.callers[id] = caller.id
            return true
        }
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
}
