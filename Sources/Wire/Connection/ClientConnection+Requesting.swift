extension ClientConnection {
    /// What became of a request.
    package enum Requested: Sendable, Equatable {
        /// It is on its way, or waits for its turn, and is answered on this stream.
        case stream(UInt32)
        /// It was not sent.
        case refused(Status)
    }

    /// Makes a call. When as many streams are open as the edge allows, the request waits for one to end.
    /// - Parameters:
    ///   - operation: an id with which the call is safe to make again; empty for none.
    ///   - timeout: after it the stream ends with DEADLINE_EXCEEDED, on both sides; rounded up to milliseconds.
    package mutating func request(
        _ call: String, body: [UInt8], operation: [UInt8] = [], timeout: Duration? = nil, now: Duration,
        into actions: inout [ClientAction]
    ) -> Requested {
        switch state {
        case .closed: return .refused(Status(.connectionLost, "The connection to the edge is closed. Connect again."))
        case .draining(_, let status): return .refused(status)
        case .waitingForWelcome, .ready: break
        }
        guard body.count <= frameBytesMax else { return .refused(Self.tooLong(frameBytesMax)) }
        guard waiting.count < limits.requestsWaitingMax else {
            return .refused(
                Status(.tooManyStreams, "\(waiting.count) requests wait already. Make fewer calls at once."))
        }
        guard nextStream <= UInt32.max - 2 else {
            return .refused(Status(.streamsUsedUp, "The connection has had all its streams. Connect again."))
        }
        let stream = nextStream
        nextStream += 2
        let deadline = timeout.map { now + max($0, .zero) }
        let request = Request(call: call, body: body, operation: operation)
        streams[stream] = ClientStream(credit: 0, deadline: deadline, waiting: request)
        waiting.append(stream)
        if let deadline { wake(at: deadline) }
        sendWaiting(now, &actions)
        return .stream(stream)
    }

    /// Gives a call up. Nothing more is told of its stream.
    package mutating func cancel(_ stream: UInt32, now: Duration, into actions: inout [ClientAction]) {
        guard let cancelled = remove(stream) else { return }
        if cancelled.waiting == nil {
            actions.append(.send(PackedFrame(Frame(stream: stream, kind: .cancel(Cancel())))))
        }
        sendWaiting(now, &actions)
        closeIfDrained(&actions)
    }

    /// Tells that messages of a stream were taken, so that the edge may send as many more. Credit goes out when half of
    /// the first credit is used up.
    package mutating func consume(_ messages: Int, on stream: UInt32, into actions: inout [ClientAction]) {
        guard let index = streams.index(forKey: stream), streams.values[index].waiting == nil else { return }
        streams.values[index].consumed += messages
        let consumed = streams.values[index].consumed
        guard consumed >= max(1, creditInitial / 2) else { return }
        streams.values[index].consumed = 0
        streams.values[index].credit += consumed
        let credit = Credit(messages: UInt32(clamping: consumed))
        actions.append(.send(PackedFrame(Frame(stream: stream, kind: .credit(credit)))))
    }

    /// The longest frame the edge takes.
    private var frameBytesMax: Int { welcome?.limits.map { Int($0.frameBytesMax) } ?? limits.frames.frameBytesMax }

    private static func tooLong(_ frameBytesMax: Int) -> Status {
        Status(.requestTooLong, "The request does not fit into a frame of \(frameBytesMax) bytes. Send less at once.")
    }

    var creditInitial: Int { Int(welcome?.limits?.creditMessagesInitial ?? 0) }

    /// Sends requests that wait, as far as the edge allows streams.
    mutating func sendWaiting(_ now: Duration, _ actions: inout [ClientAction]) {
        guard case .ready = state, let streamsMax = welcome?.limits?.streamsMax else { return }
        while let stream = waiting.first, streams.count - waiting.count < Int(streamsMax) {
            waiting.removeFirst()
            guard let index = streams.index(forKey: stream), var request = streams.values[index].waiting else {
                continue
            }
            if let deadline = streams.values[index].deadline {
                request.deadlineMs = Self.milliseconds(deadline - now)
            }
            streams.values[index].waiting = nil
            streams.values[index].credit = creditInitial
            let frame = PackedFrame(Frame(stream: stream, kind: .request(request)))
            guard frame.frameByteCount <= frameBytesMax else {
                endUnserved(stream, Self.tooLong(frameBytesMax), &actions)
                continue
            }
            actions.append(.send(frame))
        }
    }

    /// Takes a stream out, and its request out of those that wait.
    mutating func remove(_ stream: UInt32) -> ClientStream? {
        guard let removed = streams.removeValue(forKey: stream) else { return nil }
        if removed.waiting != nil { waiting.removeAll { $0 == stream } }
        return removed
    }

    /// What is left of a deadline, rounded up, and never the 0 that means none.
    private static func milliseconds(_ duration: Duration) -> UInt32 {
        let (seconds, attoseconds) = duration.components
        guard seconds < Int64(UInt32.max / 1_000) else { return .max }
        let attosecondsAMillisecond: Int64 = 1_000_000_000_000_000
        let milliseconds = (attoseconds + attosecondsAMillisecond - 1) / attosecondsAMillisecond
        return UInt32(max(seconds * 1_000 + milliseconds, 1))
    }
}
