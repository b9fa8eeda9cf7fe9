import NIOCore
import Wire

extension EdgeHandler {
    func write(_ frame: PackedFrame) {
        out.append(frame)
        if out.byteCount >= limits.batchBytesMax { flush() }
    }

    /// Hands what was gathered to the socket.
    func flush() {
        guard let context, let bytes = out.take() else { return }
        context.writeAndFlush(wrapOutboundOut(bytes), promise: nil)
    }

    /// Hands it over at the end of this turn of the event loop, so that what else happens in it goes along.
    func flushLater() {
        guard !isFlushPending, out.byteCount > 0 else { return }
        isFlushPending = true
        eventLoop.assumeIsolated().execute { [self] in
            isFlushPending = false
            flush()
        }
    }

    /// Ends the connection for a reason that is not in the wire's rules.
    func end(_ status: Status) {
        connection.end(status, into: &actions)
        perform()
    }

    /// Closes the socket once the peer has what was sent last.
    ///
    /// A socket closed with bytes that nobody read makes the kernel throw away what the peer has not read yet, the reason
    /// included. So only this side's half is closed, and what comes in is dropped until the peer closes its own half or
    /// ``TransportLimits/closeWait`` is over.
    func close(_ status: Status) {
        guard ending == nil else { return }
        ending = status
        unread = nil
        if status.isOffence { surroundings.connections.broke(by: info) }
        guard let context else { return }
        let bytes = out.take() ?? ByteBuffer()
        let written = eventLoop.makePromise(of: Void.self)
        written.futureResult.assumeIsolated().whenComplete { [self] _ in
            self.context?.close(mode: .output, promise: nil)
        }
        context.writeAndFlush(wrapOutboundOut(bytes), promise: written)
        closeTask = eventLoop.assumeIsolated().scheduleTask(in: TimeAmount(limits.closeWait)) { [self] in
            self.context?.close(promise: nil)
        }
        if isReadHeld {
            isReadHeld = false
            context.read()
        }
    }
}
