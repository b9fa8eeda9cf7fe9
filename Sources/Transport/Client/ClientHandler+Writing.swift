import NIOCore
import Wire

extension ClientHandler {
    func flush() {
        guard let context, let bytes = out.take() else { return }
        context.writeAndFlush(wrapOutboundOut(bytes), promise: nil)
    }

    func flushLater() {
        guard !isFlushPending, out.byteCount > 0 else { return }
        isFlushPending = true
        eventLoop.assumeIsolated().execute { [self] in
            isFlushPending = false
            flush()
        }
    }

    func end(_ status: Status) {
        guard !isEnded else { return }
        isEnded = true
        onEnd(status)
    }

    /// Closes the own half, so that the edge has what was sent last, and the rest when the edge has closed its half.
    func close(_ status: Status) {
        end(status)
        guard let context else { return }
        let written = eventLoop.makePromise(of: Void.self)
        written.futureResult.assumeIsolated().whenComplete { [self] _ in
            self.context?.close(mode: .output, promise: nil)
        }
        context.writeAndFlush(wrapOutboundOut(out.take() ?? ByteBuffer()), promise: written)
        closeTask = eventLoop.assumeIsolated().scheduleTask(in: TimeAmount(limits.closeWait)) { [self] in
            self.context?.close(promise: nil)
        }
    }
}
