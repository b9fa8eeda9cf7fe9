import Testing

@testable import Wire

/// A client and an edge that talk to each other over a slow pipe, with calls at random: whatever happens, both sides keep
/// to the rules the other one checks, and each call ends exactly once.
@Suite struct ConnectionPairTests {
    struct World {
        var source: RandomSource
        var now: Duration = .zero
        var client: ClientConnection
        var server: ServerConnection
        var toServer: [Frame] = []
        var toClient: [Frame] = []
        var clientWitness = ClientWitness()
        var serverWitness: ServerWitness
        var running: [UInt32] = []
        var ends: [String] = []

        init(seed: UInt64) {
            var limits = ConnectionLimits()
            limits.streamsMax = 3
            limits.creditInitial = 4
            limits.creditBytesInitial = seed % 3 == 0 ? 5 : 1_000
            limits.queuedMessagesMax = 8
            limits.cancels.burst = 100_000
            limits.uselessFrames.burst = 100_000
            source = RandomSource(seed: seed)
            server = ServerConnection(greeting: ServerGreeting(edge: "e", store: "s"), limits: limits, now: .zero)
            client = ClientConnection(
                hello: Hello(versionMin: 1, versionMax: 1, features: seed % 5 == 0 ? [] : WireFeature.all),
                limits: limits, now: .zero)
            serverWitness = ServerWitness(limits)
        }
    }

    @Test("Both sides agree", arguments: 1...60)
    func agree(seed: UInt64) {
        var world = World(seed: seed)
        onClient(&world) { $0.start(into: &$1) }
        for _ in 0..<400 { step(&world) }
        let now = world.now
        if seed % 2 == 0 {
            onServer(&world) { $0.drain(Status(.shuttingDown, "Night."), now: now, into: &$1) }
        } else {
            onClient(&world) { $0.drain(now: now, into: &$1) }
        }
        for _ in 0..<400 where !(world.client.isClosed && world.server.isClosed) { step(&world, calls: false) }
        world.now += .seconds(10)
        tick(&world)
        #expect(world.clientWitness.complaints == [] && world.serverWitness.complaints == [], "seed \(seed)")
        #expect(world.client.isClosed && world.server.isClosed, "seed \(seed)")
        #expect(world.clientWitness.open == [], "seed \(seed)")
        let broken = [
            "FRAME_UNEXPECTED", "STREAM_NUMBER_INVALID", "CREDIT_EXCEEDED", "HELLO_FIRST", "TOO_MANY_STREAMS",
        ]
        #expect(!world.ends.contains(where: broken.contains), "seed \(seed): \(world.ends)")
    }

    private func step(_ world: inout World, calls: Bool = true) {
        let now = world.now
        switch Int.random(in: 0..<12, using: &world.source) {
        case 0 where calls:
            let timeout: Duration? = Bool.random(using: &world.source) ? .milliseconds(300) : nil
            var requested: ClientConnection.Requested?
            onClient(&world) {
                requested = $0.request("C", body: [1], timeout: timeout, now: now, into: &$1)
            } then: {
                if let requested { $0.requested(requested) }
            }
        case 1 where calls:
            guard let stream = world.clientWitness.open.sorted().randomElement(using: &world.source) else { return }
            world.clientWitness.cancelled(stream)
            onClient(&world) { $0.cancel(stream, now: now, into: &$1) }
        case 2...4: answer(&world)
        case 5...7: deliverToServer(&world)
        case 8...10: deliverToClient(&world)
        default:
            world.now += .milliseconds(Int.random(in: 0...120, using: &world.source))
            tick(&world)
        }
    }

    private func tick(_ world: inout World) {
        let now = world.now
        onServer(&world) { $0.tick(now: now, into: &$1) }
        onClient(&world) { $0.tick(now: now, into: &$1) }
    }

    private func answer(_ world: inout World) {
        guard let stream = world.running.randomElement(using: &world.source) else { return }
        let now = world.now
        switch Int.random(in: 0..<5, using: &world.source) {
        case 0...2: onServer(&world) { $0.send(Self.more, on: stream, now: now, into: &$1) }
        case 3:
            world.running.removeAll { $0 == stream }
            onServer(&world) { $0.send(Self.last, on: stream, now: now, into: &$1) }
        default:
            world.running.removeAll { $0 == stream }
            world.serverWitness.answers(stream)
            onServer(&world) { $0.finish(stream, with: Status(.callUnknown, "No."), now: now, into: &$1) }
        }
    }

    private func deliverToServer(_ world: inout World) {
        guard !world.toServer.isEmpty else { return }
        let frame = world.toServer.removeFirst()
        world.serverWitness.received(frame)
        let now = world.now
        onServer(&world) { $0.receive(frame, now: now, into: &$1) }
    }

    private func deliverToClient(_ world: inout World) {
        guard !world.toClient.isEmpty else { return }
        let frame = world.toClient.removeFirst()
        if case .goodbye(let goodbye) = frame.kind {
            world.clientWitness.mayRetry = world.clientWitness.open.filter { $0 > goodbye.lastStream }
        }
        let now = world.now
        let consumes = Bool.random(using: &world.source)
        onClient(&world) {
            $0.receive(frame, now: now, into: &$1)
            if case .message = frame.kind, consumes { $0.consume(1, on: frame.stream, into: &$1) }
        }
    }

    private func onClient(
        _ world: inout World, _ event: (inout ClientConnection, inout [ClientAction]) -> Void,
        then: (inout ClientWitness) -> Void = { _ in }
    ) {
        var actions: [ClientAction] = []
        event(&world.client, &actions)
        then(&world.clientWitness)
        world.clientWitness.see(actions, world.client)
        for action in actions {
            if case .send(let packed) = action { world.toServer.append(ActionWords.frame(packed)) }
            if case .close(let status) = action { world.ends.append(status.reason) }
        }
    }

    private func onServer(_ world: inout World, _ event: (inout ServerConnection, inout [ServerAction]) -> Void) {
        var actions: [ServerAction] = []
        event(&world.server, &actions)
        world.serverWitness.see(actions, world.server, now: world.now)
        for action in actions {
            switch action {
            case .send(let packed): world.toClient.append(ActionWords.frame(packed))
            case .start(let call): world.running.append(call.stream)
            case .stop(let stream, _): world.running.removeAll { $0 == stream }
            case .close(let status): world.ends.append(status.reason)
            case .welcomed, .left: break
            }
        }
    }

    private static let more = PackedMessage(Ping(token: 1), isLast: false)
    private static let last = PackedMessage(Ping(token: 1), isLast: true)
}
