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

    init(_ context: CallContext, connection: EdgeHandler, credit: Int) {
        self.context = context
        self.connection = connection
        allowance = credit
    }

    var isOpen: Bool { connection?.isOpen(context.stream) ?? false }

    var credit: Int { connection.map { $0.isWritable ? max(0, allowance) : 0 } ?? 0 }

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
        guard connection != nil else { return }
        let onCancel = onCancel
        end()
        onCancel?(status)
    }

    /// Nothing more goes either way.
    func end() {
        connection = nil
        onCancel = nil
        onCredit = nil
    }
}
