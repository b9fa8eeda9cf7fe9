import NIOCore
package import Wire

/// Where the one answer of a call goes that is given later. It is answered on the connection's event loop, once; what
/// comes after the caller has given the call up goes nowhere.
package struct LaterReply: Sendable {
    /// The call it answers.
    package let context: CallContext
    private let call: NIOLoopBound<StreamCall>

    init(_ call: StreamCall) {
        context = call.context
        call.hasOneAnswer = true
        self.call = NIOLoopBound(call, eventLoop: call.context.eventLoop)
    }

    /// - Parameter body: the packed answer.
    package func answer(packed body: [UInt8]) {
        call.value.answer(PackedMessage(packed: body, isLast: true))
    }

    package func fail(_ status: Status) {
        call.value.finish(status)
    }
}
