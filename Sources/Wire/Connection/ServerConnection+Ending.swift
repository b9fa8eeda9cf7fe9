extension ServerConnection {
    /// Does what is due: a late Hello, passed deadlines, streams that are stuck, silence.
    package mutating func tick(now: Duration, into actions: inout [ServerAction]) {
        switch state {
        case .closed: return
        case .waitingForHello:
            guard now >= helloDeadline else { return }
            return close(Status(.helloLate, "No Hello came within \(limits.helloWait)."), &actions)
        case .draining(let until, let status) where now >= until:
            return close(status, &actions)
        case .serving, .draining: break
        }
        endStreams(now, &actions)
        guard state != .closed else { return }
        switch keepalive.tick(now) {
        case .none: break
        case .ping(let ping): actions.append(.send(PackedFrame(Frame(kind: .ping(ping)))))
        case .silent:
            let wait = limits.silenceMax + limits.pongWait
            close(Status(.peerSilent, "The client sent nothing for \(wait), not even a Pong."), &actions)
        }
    }

    /// Says goodbye: open streams may end within ``ConnectionLimits/drainWait``, and no new ones begin.
    package mutating func drain(_ status: Status, now: Duration, into actions: inout [ServerAction]) {
        switch state {
        case .closed, .draining: return
        case .waitingForHello: close(status, &actions)
        case .serving:
            state = .draining(until: now + limits.drainWait, status)
            sayGoodbye(status, &actions)
            closeIfDrained(&actions)
        }
    }

    private func sayGoodbye(_ status: Status, _ actions: inout [ServerAction]) {
        let goodbye = Goodbye(lastStream: lastServed, reason: status.reason, message: status.message)
        actions.append(.send(PackedFrame(Frame(kind: .goodbye(goodbye)))))
    }

    /// Ends the connection because its bytes are out of step.
    package mutating func fail(_ error: WireError, into actions: inout [ServerAction]) {
        close(Status(error), &actions)
    }

    /// Takes note that the connection is gone: every call stops.
    package mutating func disconnect(into actions: inout [ServerAction]) {
        guard state != .closed else { return }
        var reason = Status(.connectionLost, "The connection to the client is gone.")
        // Who has said goodbye may close at once, and has left all the same.
        if case .draining(_, let status) = state, status.reason != WireReason.shuttingDown.name { reason = status }
        stopAll(reason, &actions)
        state = .closed
    }

    private mutating func endStreams(_ now: Duration, _ actions: inout [ServerAction]) {
        guard let due = streamDeadline, now >= due else { return }
        let late = streams.filter { $0.value.deadline(limits).map { now >= $0 } ?? false }
        for (stream, state) in late.sorted(by: { $0.key < $1.key }) {
            let isPastDeadline = state.deadline.map { now >= $0 } ?? false
            let passed = Status(.deadlinePassed, "The request's deadline passed before the answer was complete.")
            end(stream, isPastDeadline ? passed : Self.tooSlow, stops: true, &actions)
        }
        streamDeadline = streams.values.compactMap { $0.deadline(limits) }.min()
    }

    /// Has ``deadline`` be no later than this.
    mutating func wake(at time: Duration?) {
        guard let time else { return }
        streamDeadline = streamDeadline.map { min($0, time) } ?? time
    }

    mutating func closeIfDrained(_ actions: inout [ServerAction]) {
        guard case .draining(_, let status) = state, streams.isEmpty else { return }
        state = .closed
        actions.append(.close(status))
    }

    /// Ends the connection for a reason that is not in the wire's rules.
    package mutating func end(_ status: Status, into actions: inout [ServerAction]) {
        close(status, &actions)
    }

    /// Says goodbye, so that the client knows what is safe to retry, tells it why on stream 0, and ends everything.
    mutating func close(_ status: Status, _ actions: inout [ServerAction]) {
        guard state != .closed else { return }
        if case .serving = state { sayGoodbye(status, &actions) }
        actions.append(.send(PackedFrame(Frame(kind: .status(status)))))
        stopAll(status, &actions)
        state = .closed
        actions.append(.close(status))
    }

    private mutating func stopAll(_ status: Status, _ actions: inout [ServerAction]) {
        for (stream, ended) in streams.sorted(by: { $0.key < $1.key }) where !ended.isAnswered {
            actions.append(.stop(stream: stream, status))
        }
        streams = [:]
        queuedBytes = 0
    }
}
