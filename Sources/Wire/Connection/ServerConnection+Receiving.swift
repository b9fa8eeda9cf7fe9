extension ServerConnection {
    /// Takes a frame that came in.
    package mutating func receive(_ frame: Frame, now: Duration, into actions: inout [ServerAction]) {
        guard state != .closed else { return }
        keepalive.hear(now)
        if case .waitingForHello = state { return greet(frame, now, &actions) }
        switch frame.kind {
        case .request(let request): open(frame.stream, request, now, &actions)
        case .credit(let credit): add(credit, frame.stream, now, &actions)
        case .cancel: cancel(frame.stream, now, &actions)
        case .ping(let ping): answer(ping, frame.stream, now, &actions)
        case .pong(let pong) where frame.stream == 0:
            if !keepalive.isAnswer(pong) { countUseless(now, &actions) }
        case .goodbye(let goodbye) where frame.stream == 0: clientLeaves(goodbye, now, &actions)
        case nil:
            close(
                Status(
                    .frameEmpty,
                    "A frame says nothing this edge knows: it is empty, or of a version that was not agreed on."),
                &actions)
        case .hello, .welcome, .message, .status, .pong, .goodbye: refuse(frame, &actions)
        }
    }

    private mutating func greet(_ frame: Frame, _ now: Duration, _ actions: inout [ServerAction]) {
        guard frame.stream == 0, case .hello(let hello) = frame.kind else {
            return close(Status(.helloFirst, "The first frame must be a Hello on stream 0."), &actions)
        }
        guard let welcome = greeting.welcome(hello, limits, nonce: nonce) else {
            let versions = "\(greeting.versions.lowerBound) to \(greeting.versions.upperBound)"
            return close(
                Status(
                    .versionUnsupported,
                    "The client speaks the versions \(hello.versionMin) to \(hello.versionMax), this edge \(versions). "
                        + "Update the older of the two."),
                &actions)
        }
        state = .serving
        if welcome.features.contains(WireFeature.connectionCredit) { creditBytes = limits.creditBytesInitial }
        actions.append(.welcomed(client: hello.client, version: welcome.version, features: welcome.features))
        actions.append(.send(PackedFrame(Frame(kind: .welcome(welcome)))))
    }

    private mutating func open(
        _ stream: UInt32, _ request: Request, _ now: Duration, _ actions: inout [ServerAction]
    ) {
        guard stream % 2 == 1, stream > lastStream else {
            return close(
                Status(
                    .streamNumberInvalid,
                    "A request came on stream \(stream); it has to be odd and above \(lastStream)."), &actions)
        }
        lastStream = stream
        if case .draining(_, let status) = state {
            actions.append(.send(PackedFrame(Frame(stream: stream, kind: .status(status)))))
            return countUseless(now, &actions)
        }
        guard streams.count < limits.streamsMax else {
            let status = Status(
                .tooManyStreams, "\(limits.streamsMax) streams are open, as many as may be. Wait for one to end.")
            actions.append(.send(PackedFrame(Frame(stream: stream, kind: .status(status)))))
            return countUseless(now, &actions)
        }
        lastServed = stream
        let deadline = request.deadlineMs == 0 ? nil : now + .milliseconds(request.deadlineMs)
        streams[stream] = ServerStream(credit: limits.creditInitial, deadline: deadline)
        wake(at: deadline)
        actions.append(
            .start(
                ServerCall(
                    stream: stream, name: request.call, body: request.body, operation: request.operation,
                    deadline: deadline)))
    }

    private mutating func add(
        _ credit: Credit, _ stream: UInt32, _ now: Duration, _ actions: inout [ServerAction]
    ) {
        if stream == 0, let left = creditBytes { return add(credit, to: left, now, &actions) }
        guard stream % 2 == 1, stream <= lastStream else { return refuseStream(stream, &actions) }
        guard credit.messages > 0, let index = streams.index(forKey: stream) else {
            return countUseless(now, &actions)
        }
        let room = limits.creditMax - streams.values[index].credit
        streams.values[index].credit += min(room, Int(credit.messages))
        flush(stream, now, &actions)
    }

    private mutating func add(
        _ credit: Credit, to left: Int, _ now: Duration, _ actions: inout [ServerAction]
    ) {
        guard credit.bytes > 0 else { return countUseless(now, &actions) }
        creditBytes = min(limits.creditBytesMax, left + Int(credit.bytes))
        flushAll(now, &actions)
    }

    private mutating func cancel(_ stream: UInt32, _ now: Duration, _ actions: inout [ServerAction]) {
        guard stream % 2 == 1, stream <= lastStream else { return refuseStream(stream, &actions) }
        guard cancels.spend(now) else {
            return close(
                Status(.tooManyCancels, "Too many requests were cancelled in a short time. Ask for less."), &actions)
        }
        guard let cancelled = remove(stream) else { return countUseless(now, &actions) }
        if !cancelled.isAnswered {
            actions.append(.stop(stream: stream, Status(.callCancelled, "The client cancelled the call.")))
        }
        closeIfDrained(&actions)
    }

    private mutating func answer(
        _ ping: Ping, _ stream: UInt32, _ now: Duration, _ actions: inout [ServerAction]
    ) {
        guard stream == 0 else { return refuseStream(stream, &actions) }
        guard pings.spend(now) else {
            return close(Status(.tooManyPings, "Pings come too often. Leave at least a second between them."), &actions)
        }
        actions.append(.send(PackedFrame(Frame(kind: .pong(Pong(token: ping.token))))))
    }

    /// A client that gives a connection up, because the edge fell silent or sent what it cannot read, comes back: it is lost, and
    /// has not left.
    private mutating func clientLeaves(_ goodbye: Goodbye, _ now: Duration, _ actions: inout [ServerAction]) {
        guard case .serving = state else { return countUseless(now, &actions) }
        let leaves = goodbye.reason.isEmpty || goodbye.reason == WireReason.shuttingDown.name
        let status =
            leaves
            ? Status(.clientLeft, "The client said goodbye.")
            : Status(.connectionLost, "The client gave the connection up.")
        state = .draining(until: now + limits.drainWait, status)
        if !streams.isEmpty { actions.append(.left(status)) }
        closeIfDrained(&actions)
    }

    private mutating func refuse(_ frame: Frame, _ actions: inout [ServerAction]) {
        close(
            Status(.frameUnexpected, "A frame came that a client may not send then, or not on stream \(frame.stream)."),
            &actions)
    }

    private mutating func refuseStream(_ stream: UInt32, _ actions: inout [ServerAction]) {
        close(Status(.frameUnexpected, "A frame came on stream \(stream), which it cannot be for."), &actions)
    }

    private mutating func countUseless(_ now: Duration, _ actions: inout [ServerAction]) {
        guard !uselessFrames.spend(now) else { return }
        close(Status(.tooManyUselessFrames, "Too many frames came that were of no use."), &actions)
    }
}
