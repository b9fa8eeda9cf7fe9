@testable import Wire

/// A client connection with a clock of its own, which tells what it does in words.
struct ClientRig {
    var connection: ClientConnection
    var now: Duration = .zero

    init(limits: ConnectionLimits = ConnectionLimits(), features: [String] = []) {
        connection = ClientConnection(
            hello: Hello(versionMin: 1, versionMax: 1, features: features, client: "test"), limits: limits, now: .zero)
    }

    /// One that was welcomed, with these limits of the edge's.
    static func welcomed(
        streamsMax: UInt32 = 64, frameBytesMax: UInt32 = 65_536, credit: UInt32 = 4,
        limits: ConnectionLimits = ConnectionLimits()
    ) -> ClientRig {
        var rig = ClientRig(limits: limits)
        _ = rig.receive(.welcome(welcome(streamsMax: streamsMax, frameBytesMax: frameBytesMax, credit: credit)))
        return rig
    }

    static func welcome(streamsMax: UInt32 = 64, frameBytesMax: UInt32 = 65_536, credit: UInt32 = 4) -> Welcome {
        Welcome(
            version: 1,
            limits: Limits(frameBytesMax: frameBytesMax, streamsMax: streamsMax, creditMessagesInitial: credit),
            edge: "edge")
    }

    mutating func receive(_ kind: Frame.Kind?, on stream: UInt32 = 0) -> [String] {
        let now = now
        return words { $0.receive(Frame(stream: stream, kind: kind), now: now, into: &$1) }
    }

    mutating func request(timeout: Duration? = nil, bytes: Int = 0) -> [String] {
        let now = now
        var refusal: [String] = []
        let words = words {
            let body = [UInt8](repeating: 0, count: bytes)
            let requested = $0.request("C", body: body, timeout: timeout, now: now, into: &$1)
            if case .refused(let status) = requested { refusal = ["refused \(status.reason)"] }
        }
        return words + refusal
    }

    mutating func cancel(_ stream: UInt32) -> [String] {
        let now = now
        return words { $0.cancel(stream, now: now, into: &$1) }
    }

    mutating func consume(_ messages: Int, on stream: UInt32) -> [String] {
        words { $0.consume(messages, on: stream, into: &$1) }
    }

    mutating func drain() -> [String] {
        let now = now
        return words { $0.drain(now: now, into: &$1) }
    }

    mutating func wait(_ duration: Duration) -> [String] {
        now += duration
        let now = now
        return words { $0.tick(now: now, into: &$1) }
    }

    mutating func words(_ event: (inout ClientConnection, inout [ClientAction]) -> Void) -> [String] {
        var actions: [ClientAction] = []
        event(&connection, &actions)
        return actions.map(ActionWords.of)
    }
}
