import Testing

@testable import Wire

/// Every short sequence of events: whatever comes in whatever order, the rules hold.
@Suite struct ClientConnectionSequenceTests {
    enum Event: CaseIterable {
        case welcome, request, requestWithTimeout, cancel, consume, message, last, status, other, refusal
        case goodbye, goodbyeToAll, ping, second, untilDeadline, drain
    }

    struct World {
        var connection: ClientConnection
        var witness = ClientWitness()
        var now: Duration = .zero
        var trail: [Event] = []

        init() {
            var limits = ConnectionLimits()
            limits.requestsWaitingMax = 2
            connection = ClientConnection(
                hello: Hello(versionMin: 1, versionMax: 1, features: WireFeature.all), limits: limits, now: .zero)
        }
    }

    @Test("Before the Welcome", arguments: Event.allCases)
    func beforeWelcome(first: Event) {
        var world = World()
        apply(first, to: &world)
        explore(world, depth: 3)
    }

    @Test("After the Welcome and a request", arguments: Event.allCases)
    func afterRequest(first: Event) {
        var world = World()
        apply(.welcome, to: &world)
        apply(.request, to: &world)
        apply(first, to: &world)
        explore(world, depth: 3)
    }

    private func explore(_ world: World, depth: Int) {
        guard depth > 0 else { return }
        for event in Event.allCases {
            var next = world
            apply(event, to: &next)
            guard next.witness.complaints.isEmpty else {
                Issue.record("\(next.trail): \(next.witness.complaints)")
                continue
            }
            explore(next, depth: depth - 1)
        }
    }

    private func apply(_ event: Event, to world: inout World) {
        world.trail.append(event)
        var actions: [ClientAction] = []
        switch event {
        case .welcome: receive(Self.welcome, 0, &world, &actions)
        case .request, .requestWithTimeout:
            let timeout: Duration? = event == .request ? nil : .seconds(1)
            let requested = world.connection.request("C", body: [], timeout: timeout, now: world.now, into: &actions)
            world.witness.requested(requested)
        case .cancel:
            world.witness.cancelled(1)
            world.connection.cancel(1, now: world.now, into: &actions)
        case .consume: world.connection.consume(1, on: 1, into: &actions)
        case .message: receive(.message(Message(body: [1, 2])), 1, &world, &actions)
        case .last: receive(.message(Message(last: true)), 1, &world, &actions)
        case .status: receive(.status(Status(.callUnknown, "No.")), 1, &world, &actions)
        case .other: receive(.message(Message()), 3, &world, &actions)
        case .refusal: receive(.status(Status(.versionUnsupported, "Update.")), 0, &world, &actions)
        case .goodbye:
            world.witness.mayRetry = world.witness.open.filter { $0 > 1 }
            receive(.goodbye(Goodbye(lastStream: 1)), 0, &world, &actions)
        case .goodbyeToAll:
            world.witness.mayRetry = world.witness.open
            receive(.goodbye(Goodbye()), 0, &world, &actions)
        case .ping: receive(.ping(Ping(token: 1)), 0, &world, &actions)
        case .second: tick(.seconds(1), &world, &actions)
        case .untilDeadline: tick(max(.zero, (world.connection.deadline ?? world.now) - world.now), &world, &actions)
        case .drain: world.connection.drain(now: world.now, into: &actions)
        }
        world.witness.see(actions, world.connection)
        if event == .second || event == .untilDeadline { world.witness.ticked(world.connection, now: world.now) }
    }

    private static let welcome: Frame.Kind = {
        var welcome = ClientRig.welcome(streamsMax: 1, credit: 2)
        welcome.features = WireFeature.all
        welcome.limits?.creditBytesInitial = 3
        return .welcome(welcome)
    }()

    private func receive(_ kind: Frame.Kind, _ stream: UInt32, _ world: inout World, _ actions: inout [ClientAction]) {
        world.connection.receive(Frame(stream: stream, kind: kind), now: world.now, into: &actions)
    }

    private func tick(_ duration: Duration, _ world: inout World, _ actions: inout [ClientAction]) {
        world.now += duration
        world.connection.tick(now: world.now, into: &actions)
    }
}
