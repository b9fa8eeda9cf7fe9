import Logging
import Synchronization
import Transport
import Wire

/// Logs what happens to connections; no more of it than a person would read, however many connections come.
final class ConnectionLog: Sendable {
    private static let lines = Allowance.Rate(burst: 100, every: .milliseconds(100))

    private let logger: Logger
    private let state: Mutex<(allowance: Allowance, leftOut: Int)>
    private let start = ContinuousClock.now

    init(_ logger: Logger) {
        self.logger = logger
        state = Mutex((Allowance(Self.lines, now: .zero), 0))
    }

    func tell(_ event: ConnectionEvent) {
        if case .opened = event { return logger.tell(event) }
        let now = start.duration(to: .now)
        let leftOut = state.withLock { state -> Int? in
            guard state.allowance.spend(now) else {
                state.leftOut += 1
                return nil
            }
            defer { state.leftOut = 0 }
            return state.leftOut
        }
        guard let leftOut else { return }
        if leftOut > 0 {
            logger.warning("Connections came and went faster than is logged.", metadata: ["left-out": "\(leftOut)"])
        }
        logger.tell(event)
    }
}

extension Logger {
    fileprivate func tell(_ event: ConnectionEvent) {
        switch event {
        case .opened(let connection): debug("A client connected.", metadata: ["client": "\(connection)"])
        case .welcomed(let connection, let version):
            info(
                "A till is connected.",
                metadata: [
                    "client": "\(connection)", "protocol": "\(version)", "caller": "\(connection.caller.id)",
                    "role": "\(connection.caller.role)",
                ])
        case .closed(let connection, let status):
            info(
                "A connection ended.",
                metadata: ["client": "\(connection)", "reason": "\(status.reason)", "why": "\(status.message)"])
        case .identified(let connection):
            info(
                "A page has proved who it is.",
                metadata: ["client": "\(connection)", "till": "\(connection.caller.id)"])
        case .handshakeFailed(let peer, let cause):
            info("A handshake failed.", metadata: ["peer": "\(peer)", "cause": "\(cause)"])
        case .dropped(let peer):
            warning(
                "A connection was dropped: too many are open, or come from its address.",
                metadata: ["peer": "\(peer)"])
        case .acceptFailed(let cause):
            error("A connection could not be taken. Raise the limit of open files.", metadata: ["cause": "\(cause)"])
        }
    }
}
