import Testing

@testable import Wire

/// Every order in which frames and time come: a side is asked once after each silence, and given up when it does not answer.
@Suite struct KeepaliveSequenceTests {
    enum Event: CaseIterable {
        case hear, tick, second, untilJustBefore, untilDeadline, past
    }

    /// The rule, told apart from the code: when something was heard last, and when a ping went out after it.
    struct World {
        var keepalive = Keepalive(ConnectionLimits(), now: .zero)
        var now: Duration = .zero
        var heard: Duration = .zero
        var asked: Duration?
        var pings: UInt64 = 0
        var trail: [Event] = []
    }

    @Test("Of any six events", arguments: Event.allCases)
    func explores(first: Event) {
        var world = World()
        guard apply(first, to: &world) else { return }
        explore(world, depth: 5)
    }

    private func explore(_ world: World, depth: Int) {
        guard depth > 0 else { return }
        for event in Event.allCases {
            var next = world
            if apply(event, to: &next) { explore(next, depth: depth - 1) }
        }
    }

    /// - Returns: whether the connection goes on.
    private func apply(_ event: Event, to world: inout World) -> Bool {
        world.trail.append(event)
        let due = world.asked.map { $0 + .seconds(10) } ?? world.heard + .seconds(30)
        if world.keepalive.deadline != due { Issue.record("\(world.trail): due at \(world.keepalive.deadline)") }
        switch event {
        case .hear:
            world.keepalive.hear(world.now)
            (world.heard, world.asked) = (world.now, nil)
            return true
        case .tick: break
        case .second: world.now += .seconds(1)
        case .untilJustBefore: world.now = max(world.now, due - .nanoseconds(1))
        case .untilDeadline: world.now = max(world.now, due)
        case .past: world.now = max(world.now, due) + .seconds(60)
        }
        let expected: Keepalive.Action
        if world.now < due {
            expected = .none
        } else if world.asked != nil {
            expected = .silent
        } else {
            world.pings += 1
            world.asked = world.now
            expected = .ping(Ping(token: world.pings))
        }
        let action = world.keepalive.tick(world.now)
        if action != expected { Issue.record("\(world.trail): \(action), not \(expected)") }
        return action != .silent
    }
}
