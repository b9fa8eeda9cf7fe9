import NIOCore
import Wire

extension EdgeHandler {
    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        // What a peer sends after the connection's end is read only so that its close can be seen.
        guard ending == nil else { return }
        isReading = true
        var bytes = unwrapInboundIn(data)
        guard unread == nil, isWritable, !isHeld else { return keep(&bytes) }
        now = LoopClock.now()
        digest(bytes)
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        isReading = false
        turn = nil
        setAlarm()
        flush()
        context.fireChannelReadComplete()
    }

    func read(context: ChannelHandlerContext) {
        isReadHeld = (!isWritable || unread != nil || isHeld) && ending == nil
        if !isReadHeld { context.read() }
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        now = LoopClock.now()
        isWritable = context.channel.isWritable
        connection.setWritable(isWritable, now: now, into: &actions)
        settle()
        if isWritable { resumeLater() }
        context.fireChannelWritabilityChanged()
    }

    /// Takes the frames of these bytes, as long as their answers can go and it is this connection's turn.
    private func digest(_ bytes: ByteBuffer) {
        var rest = bytes
        var (left, end) = turn ?? (turns.begin(ObjectIdentifier(self), now: now), now + limits.turnTimeMax)
        let used = rest.withUnsafeReadableBytes { all in
            var chunk = all
            do throws(WireError) {
                while isWritable, ending == nil, left > 0, let frame = try reader.next(from: &chunk) {
                    receive(frame)
                    left = LoopClock.now() < end ? left - 1 : 0
                }
            } catch {
                connection.fail(error, into: &actions)
                perform()
            }
            return all.count - chunk.count
        }
        if isReading { turn = (left, end) }
        rest.moveReaderIndex(forwardBy: used)
        guard ending == nil, rest.readableBytes > 0 else { return }
        unread = rest
        guard isWritable, !isQueued else { return }
        isQueued = true
        turns.append { [self] in
            isQueued = false
            goOn()
        }
    }

    private func receive(_ frame: Frame) {
        connection.receive(frame, now: now, into: &actions)
        perform()
        guard case .credit(let credit) = frame.kind else { return }
        if frame.stream == 0 {
            for stream in streams.values { stream.onCredit?() }
        } else if let stream = streams[frame.stream] {
            stream.add(credit.messages, creditMax: limits.connection.creditMax)
            stream.onCredit?()
        }
    }

    private func keep(_ bytes: inout ByteBuffer) {
        unread.setOrWriteBuffer(&bytes)
        guard let unread, unread.readableBytes > limits.unreadBytesMax else { return }
        self.unread = nil
        end(
            Status(
                .consumerTooSlow,
                "The client sent \(limits.unreadBytesMax) bytes of requests and reads no answers. Read, and resume."))
    }

    /// Goes on with what was kept, from the event loop, so that answers that fill the socket again do not nest.
    private func resumeLater() {
        guard !isResuming, unread != nil || isReadHeld || streams.contains(where: { $0.value.onCredit != nil }) else {
            return
        }
        isResuming = true
        eventLoop.assumeIsolated().execute { [self] in
            isResuming = false
            resume()
        }
    }

    func resume() {
        guard isWritable, ending == nil, !isHeld else { return }
        now = LoopClock.now()
        for stream in streams.values where isWritable { stream.onCredit?() }
        goOn()
    }

    /// Takes the frames that were read before, and reads on when there are none left.
    private func goOn() {
        guard isWritable, ending == nil, !isHeld else { return }
        now = LoopClock.now()
        if let bytes = unread {
            unread = nil
            digest(bytes)
        }
        settle()
        guard isWritable, unread == nil, isReadHeld else { return }
        isReadHeld = false
        context?.read()
    }
}
