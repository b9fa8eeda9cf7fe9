import Testing

@testable import Wire

/// Every order in which two streams send while credit and the socket come and go: no message goes without credit, none waits
/// that may go, and each stream's are in order.
@Suite struct CreditSequenceTests {
    enum Event: CaseIterable {
        case send, sendOther, last, credit, creditOther, bytes, stopReading, readAgain
    }

    struct World {
        var connection: ServerConnection
        var witness: ServerWitness
        var sent: [UInt32: Int] = [:]
        var trail: [Event] = []
        /// What each stream's messages were numbered, as they went out.
        var went: [UInt32: [UInt64]] = [:]

        init() {
            var limits = ConnectionLimits()
            limits.creditInitial = 1
            limits.creditBytesInitial = 3
            connection = ServerConnection(greeting: ServerGreeting(edge: "e", store: "s"), limits: limits, now: .zero)
            witness = ServerWitness(limits)
        }
    }

    @Test("Of any five events", arguments: Event.allCases)
    func explores(first: Event) {
        var world = World()
        receive(.hello(Hello(versionMin: 1, versionMax: 1, features: WireFeature.all)), 0, &world)
        for stream: UInt32 in [1, 3] { receive(.request(Request(call: "C")), stream, &world) }
        apply(first, to: &world)
        explore(world, depth: 4)
    }

    private func explore(_ world: World, depth: Int) {
        guard depth > 0 else { return }
        for event in Event.allCases {
            var next = world
            apply(event, to: &next)
            let isInOrder = next.went.values.allSatisfy { $0 == $0.indices.map { UInt64($0 + 1) } }
            guard next.witness.complaints.isEmpty, isInOrder else {
                Issue.record("\(next.trail): \(next.witness.complaints) \(next.went)")
                continue
            }
            explore(next, depth: depth - 1)
        }
    }

    private func apply(_ event: Event, to world: inout World) {
        world.trail.append(event)
        switch event {
        case .send: send(1, isLast: false, &world)
        case .sendOther: send(3, isLast: false, &world)
        case .last: send(1, isLast: true, &world)
        case .credit: receive(.credit(Credit(messages: 1)), 1, &world)
        case .creditOther: receive(.credit(Credit(messages: 1)), 3, &world)
        case .bytes: receive(.credit(Credit(bytes: 3)), 0, &world)
        case .stopReading, .readAgain:
            var actions: [ServerAction] = []
            world.connection.setWritable(event == .readAgain, now: .zero, into: &actions)
            see(actions, &world)
        }
    }

    private func send(_ stream: UInt32, isLast: Bool, _ world: inout World) {
        guard world.connection.isOpen(stream) else { return }
        var actions: [ServerAction] = []
        world.sent[stream, default: 0] += 1
        let message = PackedMessage(Ping(token: UInt64(world.sent[stream, default: 0])), isLast: isLast)
        world.connection.send(message, on: stream, now: .zero, into: &actions)
        if isLast { world.witness.answers(stream) }
        see(actions, &world)
    }

    private func receive(_ kind: Frame.Kind, _ stream: UInt32, _ world: inout World) {
        var actions: [ServerAction] = []
        let frame = Frame(stream: stream, kind: kind)
        world.witness.received(frame)
        world.connection.receive(frame, now: .zero, into: &actions)
        see(actions, &world)
    }

    private func see(_ actions: [ServerAction], _ world: inout World) {
        world.witness.see(actions, world.connection, now: .zero)
        for case .send(let packed) in actions {
            let frame = ActionWords.frame(packed)
            guard case .message(let message) = frame.kind, let ping = try? Ping(packed: message.body) else { continue }
            world.went[frame.stream, default: []].append(ping.token)
        }
    }
}
