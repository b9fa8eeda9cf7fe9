import Testing

@testable import Wire

/// Every short sequence of events: whatever comes in whatever order, the rules hold.
@Suite struct ServerConnectionSequenceTests {
    enum Event: CaseIterable {
        case hello, request, requestWithDeadline, requestAgain, cancel, credit, creditBytes, ping, goodbye, message,
            empty
        case send, sendLast, finish, stopReading, readAgain, second, untilDeadline, drain
    }

    struct World {
        var connection: ServerConnection
        var witness: ServerWitness
        var now: Duration = .zero
        var nextStream: UInt32 = 1
        var trail: [Event] = []

        init() {
            var limits = ConnectionLimits()
            limits.streamsMax = 2
            limits.creditInitial = 1
            limits.creditBytesInitial = 1
            limits.queuedMessagesMax = 1
            limits.uselessFrames.burst = 2
            connection = ServerConnection(greeting: ServerGreeting(edge: "e", store: "s"), limits: limits, now: .zero)
            witness = ServerWitness(limits)
        }
    }

    @Test("From the first frame on", arguments: Event.allCases)
    func beforeHello(first: Event) {
        var world = World()
        apply(first, to: &world)
        explore(world, depth: 2)
    }

    @Test("After the Hello", arguments: Event.allCases)
    func afterHello(first: Event) {
        var world = World()
        apply(.hello, to: &world)
        apply(first, to: &world)
        explore(world, depth: 3)
    }

    @Test("After the Hello and a request", arguments: Event.allCases)
    func afterRequest(first: Event) {
        var world = World()
        apply(.hello, to: &world)
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
        var actions: [ServerAction] = []
        switch event {
        case .hello: receive(Self.greeting, 0, &world, &actions)
        case .request, .requestWithDeadline:
            let deadlineMs: UInt32 = event == .request ? 0 : 1_000
            receive(.request(Request(call: "C", deadlineMs: deadlineMs)), world.nextStream, &world, &actions)
            world.nextStream += 2
        case .requestAgain: receive(.request(Request(call: "C")), 1, &world, &actions)
        case .cancel: receive(.cancel(Cancel()), 1, &world, &actions)
        case .credit: receive(.credit(Credit(messages: 2)), 1, &world, &actions)
        case .creditBytes: receive(.credit(Credit(bytes: 1)), 0, &world, &actions)
        case .empty: receive(nil, 1, &world, &actions)
        case .ping: receive(.ping(Ping(token: 1)), 0, &world, &actions)
        case .goodbye: receive(.goodbye(Goodbye()), 0, &world, &actions)
        case .message: receive(.message(Message()), 1, &world, &actions)
        case .send: world.connection.send(Self.more, on: 1, now: world.now, into: &actions)
        case .sendLast:
            let isOpen = world.connection.isOpen(1)
            world.connection.send(Self.last, on: 1, now: world.now, into: &actions)
            if isOpen, !actions.contains(where: { ActionWords.of($0).hasPrefix("stop") }) { world.witness.answers(1) }
        case .finish:
            world.witness.answers(1)
            world.connection.finish(1, with: Status(.callUnknown, "No."), now: world.now, into: &actions)
        case .stopReading: world.connection.setWritable(false, now: world.now, into: &actions)
        case .readAgain: world.connection.setWritable(true, now: world.now, into: &actions)
        case .second: tick(.seconds(1), &world, &actions)
        case .untilDeadline: tick(max(.zero, (world.connection.deadline ?? world.now) - world.now), &world, &actions)
        case .drain: world.connection.drain(Status(.shuttingDown, "Night."), now: world.now, into: &actions)
        }
        world.witness.see(actions, world.connection, now: world.now)
        if event == .second || event == .untilDeadline { world.witness.ticked(world.connection, now: world.now) }
    }

    private func receive(
        _ kind: Frame.Kind?, _ stream: UInt32, _ world: inout World, _ actions: inout [ServerAction]
    ) {
        let frame = Frame(stream: stream, kind: kind)
        if !world.connection.isClosed { world.witness.received(frame) }
        world.connection.receive(frame, now: world.now, into: &actions)
    }

    private func tick(_ duration: Duration, _ world: inout World, _ actions: inout [ServerAction]) {
        world.now += duration
        world.connection.tick(now: world.now, into: &actions)
    }

    private static let greeting = Frame.Kind.hello(Hello(versionMin: 1, versionMax: 1, features: WireFeature.all))
    private static let more = PackedMessage(Ping(token: 1), isLast: false)
    private static let last = PackedMessage(Ping(token: 1), isLast: true)
}
