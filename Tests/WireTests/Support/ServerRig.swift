@testable import Wire

/// A server connection with a clock of its own, which tells what it does in words.
struct ServerRig {
    var connection: ServerConnection
    var now: Duration = .zero

    init(limits: ConnectionLimits = ConnectionLimits(), features: [String] = ["a", "b"]) {
        let greeting = ServerGreeting(edge: "countertop/0.1.0", store: "Storgata", features: features)
        connection = ServerConnection(greeting: greeting, limits: limits, now: .zero)
    }

    /// One that has said welcome.
    static func greeted(limits: ConnectionLimits = ConnectionLimits()) -> ServerRig {
        var rig = ServerRig(limits: limits)
        _ = rig.receive(.hello(Hello(versionMin: 1, versionMax: 1, client: "test")))
        return rig
    }

    mutating func receive(_ kind: Frame.Kind?, on stream: UInt32 = 0) -> [String] {
        let now = now
        return words { $0.receive(Frame(stream: stream, kind: kind), now: now, into: &$1) }
    }

    mutating func request(_ stream: UInt32, deadlineMs: UInt32 = 0) -> [String] {
        receive(.request(Request(call: "C", deadlineMs: deadlineMs)), on: stream)
    }

    mutating func send(_ stream: UInt32, bytes: Int = 2, isLast: Bool = false) -> [String] {
        let now = now
        let message = PackedMessage(EnterRequest(data: [UInt8](repeating: 1, count: bytes)), isLast: isLast)
        return words { $0.send(message, on: stream, now: now, into: &$1) }
    }

    mutating func finish(_ stream: UInt32) -> [String] {
        let now = now
        return words { $0.finish(stream, with: Status(.callUnknown, "No."), now: now, into: &$1) }
    }

    mutating func setWritable(_ writable: Bool) -> [String] {
        let now = now
        return words { $0.setWritable(writable, now: now, into: &$1) }
    }

    mutating func drain() -> [String] {
        let now = now
        return words { $0.drain(Status(.shuttingDown, "Night."), now: now, into: &$1) }
    }

    mutating func wait(_ duration: Duration) -> [String] {
        now += duration
        let now = now
        return words { $0.tick(now: now, into: &$1) }
    }

    mutating func words(_ event: (inout ServerConnection, inout [ServerAction]) -> Void) -> [String] {
        var actions: [ServerAction] = []
        event(&connection, &actions)
        return actions.map(ActionWords.of)
    }
}
