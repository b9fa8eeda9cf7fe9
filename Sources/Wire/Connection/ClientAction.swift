/// What a ``ClientConnection`` asks of whoever holds the socket and the callers.
package enum ClientAction: Sendable, Equatable {
    /// Write this to the socket, in the order of the actions.
    case send(PackedFrame)
    /// The edge said welcome: requests are answered from now on.
    case welcomed(Welcome)
    /// A message of a stream's answer: the packed response, not checked yet. Tell by
    /// ``ClientConnection/consume(_:on:into:)`` when it was taken. `isLast` when the stream ended well with it.
    case message(stream: UInt32, body: [UInt8], isLast: Bool)
    /// The stream has ended; `wasServed` is false when the edge surely never began the call, so that it is safe to
    /// make again whatever it does.
    case ended(stream: UInt32, Status, wasServed: Bool)
    /// The edge said goodbye: open streams go on for a while, new requests are refused.
    case leaving(Status)
    /// Write what was to be sent, then close the socket. Each open stream has ended before; it is the last action.
    case close(Status)
}
