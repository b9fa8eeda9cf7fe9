extension ClientConnection {
    /// Takes a frame that came in.
    package mutating func receive(_ frame: Frame, now: Duration, into actions: inout [ClientAction]) {
        guard state != .closed else { return }
        keepalive.hear(now)
        switch frame.kind {
        case .welcome(let welcome) where frame.stream == 0: greet(welcome, now, &actions)
        case .status(let status) where frame.stream == 0: close(status, tells: false, &actions)
        case .message(let message): take(message, frame.stream, now, &actions)
        case .status(let status): end(frame.stream, status, now, &actions)
        case .ping(let ping) where frame.stream == 0: answer(ping, now, &actions)
        case .goodbye(let goodbye) where frame.stream == 0: edgeLeaves(goodbye, now, &actions)
        case .pong where frame.stream == 0: break
        case nil: break
        case .hello, .welcome, .request, .cancel, .credit, .ping, .pong, .goodbye: refuse(frame.stream, &actions)
        }
    }

    private mutating func greet(_ welcome: Welcome, _ now: Duration, _ actions: inout [ClientAction]) {
        guard case .waitingForWelcome = state else { return refuse(0, &actions) }
        guard hello.versionMin <= welcome.version, welcome.version <= hello.versionMax, let told = welcome.limits,
            told.streamsMax > 0, told.frameBytesMax > 0, told.creditMessagesInitial > 0,
            told.creditBytesInitial > 0 || !agrees(on: WireFeature.connectionCredit, welcome)
        else {
            return close(
                Status(
                    .versionUnsupported, "The edge's Welcome names the version \(welcome.version), or no limits at all."
                ),
                tells: true, &actions)
        }
        self.welcome = welcome
        state = .ready
        if agrees(on: WireFeature.connectionCredit, welcome) { creditBytes = Int(told.creditBytesInitial) }
        actions.append(.welcomed(welcome))
        sendWaiting(now, &actions)
    }

    private func agrees(on feature: String, _ welcome: Welcome) -> Bool {
        welcome.features.contains(feature) && hello.features.contains(feature)
    }

    private mutating func take(
        _ message: Message, _ stream: UInt32, _ now: Duration, _ actions: inout [ClientAction]
    ) {
        let index = opened(stream, &actions)
        guard state != .closed else { return }
        guard index.map({ streams.values[$0].credit > 0 }) ?? true, message.last || (creditBytes ?? 1) > 0 else {
            return close(
                Status(.creditExceeded, "The edge sent more on stream \(stream) than it had credit for."), tells: true,
                &actions)
        }
        if !message.last { creditBytes? -= message.body.count }
        guard let index else {
            if !message.last { giveBack(message.body.count, &actions) }
            return
        }
        streams.values[index].credit -= 1
        if creditBytes != nil, !message.last { streams.values[index].untaken.append(message.body.count) }
        actions.append(.message(stream: stream, body: message.body, isLast: message.last))
        guard message.last else { return }
        giveBack(streams.remove(at: index).value.untaken.reduce(0, +), &actions)
        sendWaiting(now, &actions)
        closeIfDrained(&actions)
    }

    private mutating func end(
        _ stream: UInt32, _ status: Status, _ now: Duration, _ actions: inout [ClientAction]
    ) {
        guard let index = opened(stream, &actions) else { return }
        giveBack(streams.remove(at: index).value.untaken.reduce(0, +), &actions)
        actions.append(.ended(stream: stream, status, wasServed: true))
        sendWaiting(now, &actions)
        closeIfDrained(&actions)
    }

    /// The stream, when its request was sent and it is open still. A frame for a stream that ended crossed its end on the
    /// way and says nothing any more; one for a stream that never was is refused.
    private mutating func opened(
        _ stream: UInt32, _ actions: inout [ClientAction]
    ) -> Dictionary<UInt32, ClientStream>.Index? {
        let index = streams.index(forKey: stream)
        let isUnknown = stream % 2 == 0 || stream >= nextStream
        guard !isUnknown, index.map({ streams.values[$0].waiting == nil }) ?? true else {
            refuse(stream, &actions)
            return nil
        }
        return index
    }

    private mutating func answer(_ ping: Ping, _ now: Duration, _ actions: inout [ClientAction]) {
        guard pings.spend(now) else {
            return close(Status(.tooManyPings, "The edge's pings come too often."), tells: true, &actions)
        }
        actions.append(.send(PackedFrame(Frame(kind: .pong(Pong(token: ping.token))))))
    }

    private mutating func edgeLeaves(_ goodbye: Goodbye, _ now: Duration, _ actions: inout [ClientAction]) {
        let status = Status(
            code: StatusCode.unavailable.rawValue, reason: goodbye.reason, message: goodbye.message)
        if case .draining = state {
        } else {
            state = .draining(until: now + limits.drainWait, status)
            actions.append(.leaving(status))
        }
        for stream in streams.keys.filter({ $0 > goodbye.lastStream }).sorted() {
            endUnserved(stream, status, &actions)
        }
        for stream in waiting { endUnserved(stream, status, &actions) }
        closeIfDrained(&actions)
    }

    private mutating func refuse(_ stream: UInt32, _ actions: inout [ClientAction]) {
        close(
            Status(.frameUnexpected, "A frame came that an edge may not send then, or not on stream \(stream)."),
            tells: true, &actions)
    }
}
