import NIOCore
import Wire

/// A call that is answered by many messages, as the connection sees it. It lives on the connection's event loop.
final class StreamCall {
    let context: CallContext
    /// `nil` once the stream has ended.
    private var connection: EdgeHandler?
    /// Messages the client has given credit for, less those sent or waiting.
    private var allowance: Int
    var onCancel: ((Status) -> Void)?
    var onCredit: (() -> Void)?
    /// It is a call with one answer, which is on its way and goes out although the edge shuts down.
    var hasOneAnswer = false
    /// How long the client had sent nothing when the stream was stopped.
    private(set) var silence = Duration.zero

    init(_ context: CallContext, connection: EdgeHandler, credit: Int) {
        self.context = context
        self.connection = connection
        allowance = credit
    }

    var isOpen: Bool { connection?.isOpen(context.stream) ?? false }

    var credit: Int {
        guard let connection, connection.isWritable, connection.hasConnectionCredit else { return 0 }
        return max(0, allowance)
    }

    func send(_ message: PackedMessage) -> Bool {
        allowance -= 1
        return connection?.send(message, on: context.stream) ?? false
    }

    func flush() {
        connection?.flush()
    }

    func answer(_ message: PackedMessage) {
        let ending = connection
        end()
        ending?.answer(context.stream, message)
    }

    func finish(_ status: Status) {
        let ending = connection
        end()
        ending?.finish(context.stream, status)
    }

    func add(_ messages: UInt32, creditMax: Int) {
        allowance = min(creditMax, allowance + Int(messages))
    }

    /// The stream ended otherwise than by its handler.
    func stopped(_ status: Status) {
        guard let connection else { return }
        silence = connection.silence
        let onCancel = onCancel
        end()
        onCancel?(status)
    }

    /// The edge shuts down, or the client said goodbye: what waits still goes, and then the stream ends. A call with one
    /// answer gets it.
    func drain(_ status: Status) {
        guard !hasOneAnswer else { return }
        let onCancel = onCancel
        finish(status)
        onCancel?(status)
    }

    /// Nothing more goes either way.
    func end() {
        connection = nil
        onCancel = nil
        onCredit = nil
    }
}
