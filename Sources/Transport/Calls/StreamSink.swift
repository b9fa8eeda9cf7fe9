import NIOCore
package import Wire

/// Where the messages of a stream's answer go. Its handler keeps it as long as the stream is open.
///
/// It is bound to the connection's event loop (``context``): every use of it has to be there, and is checked to be. That it
/// may be passed through other places makes it Sendable.
///
/// What the client gives no credit for waits in the connection, up to ``Wire/ConnectionLimits/queuedMessagesMax``; then the
/// stream ends with CONSUMER_TOO_SLOW. A handler that can get its messages again later sends only while ``hasCredit`` and
/// goes on at ``onCredit``.
package final class StreamSink<Element: WireMessage>: Sendable {
    /// The call it answers.
    package let context: CallContext
    private let call: NIOLoopBound<StreamCall>

    init(_ call: StreamCall) {
        context = call.context
        self.call = NIOLoopBound(call, eventLoop: call.context.eventLoop)
    }

    /// Whether messages are of any use.
    package var isOpen: Bool { call.value.isOpen }

    /// How many messages would go out at once: the client has given credit for them, and the socket takes them.
    package var credit: Int { call.value.credit }

    /// Whether a message would go out at once.
    package var hasCredit: Bool { credit > 0 }

    /// Called once when the stream has ended otherwise than by this sink: the client cancelled, the deadline passed, it read
    /// too slowly, the connection is gone.
    package var onCancel: ((Status) -> Void)? {
        get { call.value.onCancel }
        set { call.value.onCancel = newValue }
    }

    /// How long the client had sent nothing when the stream ended otherwise than by this sink.
    package var silence: Duration { call.value.silence }

    /// Called each time the client gives credit or the socket takes more again.
    package var onCredit: (() -> Void)? {
        get { call.value.onCredit }
        set { call.value.onCredit = newValue }
    }

    /// Sends a message.
    /// - Returns: false when the stream has ended, before or by this message.
    @discardableResult
    package func send(_ message: Element) -> Bool {
        call.value.send(PackedMessage(message, isLast: false))
    }

    /// Sends a message that was packed once for many streams. It has to be an ``Element``, and not the last.
    /// - Returns: false when the stream has ended, before or by this message.
    @discardableResult
    package func send(packed message: PackedMessage) -> Bool {
        call.value.send(message)
    }

    /// Hands what was sent to the socket now, rather than with what else this turn of the event loop brings forth.
    package func flush() {
        call.value.flush()
    }

    /// Ends the stream well, after what waits on it.
    package func finish() {
        call.value.finish(Status(code: StatusCode.ok.rawValue))
    }

    /// Ends the stream with a reason, after what waits on it.
    package func fail(_ status: Status) {
        call.value.finish(status)
    }
}
