package import NIOCore

/// What a handler may know about the call it answers.
package struct CallContext: Sendable {
    /// Whose connection it came by.
    package let connection: ConnectionInfo
    /// The stream it is answered on.
    package let stream: UInt32
    /// When the answer is of no use any more. The connection ends the call then by itself.
    package let deadline: NIODeadline?
    /// The call's name: "countertop.v1.Lanes/Enter".
    package let call: String
    /// The operation id the client gave the call, as it came; empty for none.
    package let operation: [UInt8]
    /// The connection's event loop: synchronous handlers and sinks live on it.
    package let eventLoop: any EventLoop

    /// What the client calls itself.
    package var client: String { connection.client }
    /// Who makes the call.
    package var caller: Caller { connection.caller }
    /// Where the client connected from.
    package var peer: String { connection.peer }
}
