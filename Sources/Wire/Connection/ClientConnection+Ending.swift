extension ClientConnection {
    /// Does what is due: a late Welcome, passed deadlines, silence.
    package mutating func tick(now: Duration, into actions: inout [ClientAction]) {
        if case .closed = state { return }
        endStreams(now, &actions)
        switch state {
        case .closed: return
        case .waitingForWelcome:
            guard now >= welcomeDeadline else { return }
            let status = Status(
                .welcomeLate, "No Welcome came within \(limits.helloWait). Is it an edge that listens there?")
            return close(status, tells: false, &actions)
        case .draining(let until, let status) where now >= until: return close(status, tells: false, &actions)
        case .ready, .draining: break
        }
        switch keepalive.tick(now) {
        case .none: break
        case .ping(let ping): actions.append(.send(PackedFrame(Frame(kind: .ping(ping)))))
        case .silent:
            let wait = limits.silenceMax + limits.pongWait
            close(Status(.peerSilent, "The edge sent nothing for \(wait), not even a Pong."), tells: true, &actions)
        }
    }

    /// Says goodbye: open streams may end within ``ConnectionLimits/drainWait``, and no requests are taken.
    package mutating func drain(now: Duration, into actions: inout [ClientAction]) {
        let status = Status(.shuttingDown, "The client said goodbye.")
        switch state {
        case .closed, .draining: return
        case .waitingForWelcome: close(status, tells: true, &actions)
        case .ready:
            state = .draining(until: now + limits.drainWait, status)
            actions.append(
                .send(PackedFrame(Frame(kind: .goodbye(Goodbye(reason: status.reason, message: status.message))))))
            for stream in waiting { endUnserved(stream, status, &actions) }
            closeIfDrained(&actions)
        }
    }

    /// Ends the connection because the edge's bytes are out of step.
    package mutating func fail(_ error: WireError, into actions: inout [ClientAction]) {
        close(Status(error), tells: true, &actions)
    }

    /// Takes note that the connection is gone: every stream has ended, and what became of its call is not known.
    package mutating func disconnect(into actions: inout [ClientAction]) {
        guard state != .closed else { return }
        endAll(Status(.connectionLost, "The connection to the edge is gone. Connect again."), &actions)
        state = .closed
    }

    private mutating func endStreams(_ now: Duration, _ actions: inout [ClientAction]) {
        guard let due = streamDeadline, now >= due else { return }
        let late = streams.filter { $0.value.deadline.map { now >= $0 } ?? false }.keys.sorted()
        let status = Status(.deadlinePassed, "The request's deadline passed before the answer was complete.")
        for stream in late {
            guard let ended = remove(stream) else { continue }
            let wasServed = ended.waiting == nil
            giveBack(ended.untaken.reduce(0, +), &actions)
            if wasServed { actions.append(.send(PackedFrame(Frame(stream: stream, kind: .cancel(Cancel()))))) }
            actions.append(.ended(stream: stream, status, wasServed: wasServed))
        }
        streamDeadline = streams.values.compactMap(\.deadline).min()
        sendWaiting(now, &actions)
        closeIfDrained(&actions)
    }

    /// Has ``deadline`` be no later than this.
    mutating func wake(at time: Duration) {
        streamDeadline = streamDeadline.map { min($0, time) } ?? time
    }

    mutating func endUnserved(_ stream: UInt32, _ status: Status, _ actions: inout [ClientAction]) {
        guard let ended = remove(stream) else { return }
        giveBack(ended.untaken.reduce(0, +), &actions)
        actions.append(.ended(stream: stream, status, wasServed: false))
    }

    mutating func closeIfDrained(_ actions: inout [ClientAction]) {
        guard case .draining(_, let status) = state, streams.isEmpty else { return }
        state = .closed
        actions.append(.close(status))
    }

    /// Ends everything; `tells` the edge why by a Goodbye.
    mutating func close(_ status: Status, tells: Bool, _ actions: inout [ClientAction]) {
        guard state != .closed else { return }
        if tells {
            let goodbye = Goodbye(reason: status.reason, message: status.message)
            actions.append(.send(PackedFrame(Frame(kind: .goodbye(goodbye)))))
        }
        endAll(status, &actions)
        state = .closed
        actions.append(.close(status))
    }

    private mutating func endAll(_ status: Status, _ actions: inout [ClientAction]) {
        for (stream, ended) in streams.sorted(by: { $0.key < $1.key }) {
            actions.append(.ended(stream: stream, status, wasServed: ended.waiting == nil))
        }
        streams = [:]
        waiting = []
    }
}
