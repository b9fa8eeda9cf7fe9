extension ServerConnection {
    /// Sends a message of a stream's answer, or keeps it until there is credit and the socket takes it.
    /// - Returns: whether the stream goes on; false when it has ended, before or by this message.
    @discardableResult
    package mutating func send(
        _ message: PackedMessage, on stream: UInt32, now: Duration, into actions: inout [ServerAction]
    ) -> Bool {
        guard let index = streams.index(forKey: stream), !streams.values[index].isAnswered else { return false }
        let frame = message.frame(on: stream)
        guard frame.frameByteCount <= limits.frames.frameBytesMax else {
            let status = Status(
                .answerTooLong,
                "The answer takes \(frame.frameByteCount) bytes; at most \(limits.frames.frameBytesMax) are sent at once. "
                    + "Ask for less.")
            end(stream, status, stops: true, &actions)
            return false
        }
        guard maySend(message), streams.values[index].credit > 0, streams.values[index].queue.isEmpty else {
            return queue(message, on: stream, now, &actions)
        }
        actions.append(.send(frame))
        spend(message)
        guard !message.isLast else {
            streams.remove(at: index)
            closeIfDrained(&actions)
            return false
        }
        streams.values[index].credit -= 1
        return true
    }

    /// Ends a stream with a status, after what waits on it.
    package mutating func finish(
        _ stream: UInt32, with status: Status, now: Duration, into actions: inout [ServerAction]
    ) {
        guard let index = streams.index(forKey: stream), !streams.values[index].isAnswered else { return }
        guard streams.values[index].queue.isEmpty else {
            streams.values[index].ending = status
            return
        }
        end(stream, status, stops: false, &actions)
    }

    /// Tells whether the socket takes more. While it does not, messages wait in their streams, and nothing should be
    /// read, so that a client that does not read cannot make the edge keep answers without end.
    package mutating func setWritable(_ writable: Bool, now: Duration, into actions: inout [ServerAction]) {
        isWritable = writable
        guard writable else { return }
        flushAll(now, &actions)
    }

    /// Sends what waits, as far as the credits and the socket allow. The stream after the last one that sent begins, so that
    /// credit for all of them does not always go to the same.
    mutating func flushAll(_ now: Duration, _ actions: inout [ServerAction]) {
        let waiting = streams.filter { !$0.value.queue.isEmpty }.keys.sorted()
        let last = lastFlushed
        for stream in waiting.filter({ $0 > last }) + waiting.filter({ $0 <= last }) { flush(stream, now, &actions) }
    }

    /// Whether the socket and the connection's credit let a message go. The last of a stream needs no credit: so answers to
    /// calls never wait for streams that are not read.
    private func maySend(_ message: PackedMessage) -> Bool {
        isWritable && (message.isLast || hasConnectionCredit)
    }

    private mutating func spend(_ message: PackedMessage) {
        if !message.isLast { creditBytes? -= message.bodyByteCount }
    }

    private mutating func queue(
        _ message: PackedMessage, on stream: UInt32, _ now: Duration, _ actions: inout [ServerAction]
    ) -> Bool {
        guard let index = streams.index(forKey: stream) else { return false }
        guard streams.values[index].queue.count < limits.queuedMessagesMax,
            queuedBytes + message.content.count <= limits.queuedBytesMax
        else {
            end(stream, Self.tooSlow, stops: true, &actions)
            return false
        }
        streams.values[index].queue.append(message)
        streams.values[index].isComplete = message.isLast
        queuedBytes += message.content.count
        if streams.values[index].stuckSince == nil {
            streams.values[index].stuckSince = now
            wake(at: now + limits.queuedWait)
        }
        return !message.isLast
    }

    /// Sends what waits on a stream, as far as credit and socket allow.
    mutating func flush(_ stream: UInt32, _ now: Duration, _ actions: inout [ServerAction]) {
        guard let index = streams.index(forKey: stream) else { return }
        var count = 0
        for message in streams.values[index].queue.prefix(streams.values[index].credit) {
            guard maySend(message) else { break }
            actions.append(.send(message.frame(on: stream)))
            spend(message)
            queuedBytes -= message.content.count
            count += 1
        }
        guard count > 0 else { return }
        lastFlushed = stream
        streams.values[index].queue.removeFirst(count)
        streams.values[index].credit -= count
        streams.values[index].stuckSince = streams.values[index].queue.isEmpty ? nil : now
        guard streams.values[index].queue.isEmpty else { return wake(at: now + limits.queuedWait) }
        if streams.values[index].isComplete {
            streams.remove(at: index)
            closeIfDrained(&actions)
        } else if let status = streams.values[index].ending {
            end(stream, status, stops: false, &actions)
        }
    }

    /// Drops a stream with all that waits on it, and tells the client why; `stops` when its call goes on.
    mutating func end(_ stream: UInt32, _ status: Status, stops: Bool, _ actions: inout [ServerAction]) {
        guard let ended = remove(stream) else { return }
        actions.append(.send(PackedFrame(Frame(stream: stream, kind: .status(status)))))
        if stops, !ended.isAnswered { actions.append(.stop(stream: stream, status)) }
        closeIfDrained(&actions)
    }

    mutating func remove(_ stream: UInt32) -> ServerStream? {
        guard let removed = streams.removeValue(forKey: stream) else { return nil }
        queuedBytes -= removed.queue.reduce(0) { $0 + $1.content.count }
        return removed
    }

    static let tooSlow = Status(
        .consumerTooSlow, "Too much waits on the stream because the client does not read or gives no credit. Resume.")
}
