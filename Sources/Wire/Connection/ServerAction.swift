/// What a ``ServerConnection`` asks of whoever holds the socket and the calls.
package enum ServerAction: Sendable, Equatable {
    /// Write this to the socket, in the order of the actions.
    case send(PackedFrame)
    /// The client is welcome: its name and version for the log, and what both sides share.
    case welcomed(client: String, version: UInt32, features: [String])
    /// Begin this call. Answer with ``ServerConnection/send(_:on:now:into:)`` and
    /// ``ServerConnection/finish(_:with:now:into:)``.
    case start(ServerCall)
    /// The stream has ended, for this reason, before its call was done: stop working on it.
    case stop(stream: UInt32, Status)
    /// The client said goodbye: end the streams that would go on for ever, for this reason. Calls still get their answers.
    case left(Status)
    /// Write what was to be sent, then close the socket. It is the last action.
    case close(Status)
}

/// A call that a client made.
package struct ServerCall: Sendable, Equatable {
    /// The stream to answer on.
    package let stream: UInt32
    /// The call's name: "countertop.v1.Customers/Resolve".
    package let name: String
    /// The packed request message. It has not been checked yet.
    package let body: [UInt8]
    /// The operation id the client gave it; empty for none.
    package let operation: [UInt8]
    /// When the answer is of no use any more, on the connection's clock. The connection sees to it itself.
    package let deadline: Duration?
}
