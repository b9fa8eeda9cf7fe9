package import Wire

/// Every bound of sockets and connections, beside the wire's own.
package struct TransportLimits: Sendable {
    /// The wire's bounds for one connection.
    package var connection = ConnectionLimits()
    /// The wire's bounds for a connection that has not proved who it is.
    package var strangers = ConnectionLimits.strangers
    /// How long such a connection may last.
    package var strangerWait: Duration = .seconds(15)
    /// How many of them a listener has at once.
    package var strangersMax = 32
    /// How long a TLS handshake may take.
    package var handshakeWait: Duration = .seconds(5)
    /// How many connections a listener has at once.
    package var connectionsMax = 256
    /// How many connections above that are told why they are refused; further ones are only closed.
    package var refusalsMax = 32
    /// How many connections the kernel may hold before they are accepted.
    package var backlog = 256
    /// The most that is read from a socket at once, in bytes, before other connections have their turn.
    package var readBytesMax = 16 << 10
    /// How many bytes may be kept that came in while the peer took no answers.
    package var unreadBytesMax = 256 << 10
    /// Frames are gathered up to so many bytes before they are written to the socket.
    package var batchBytesMax = 64 << 10
    /// A socket with more bytes than this to write takes no more.
    package var writeHighBytes = 256 << 10
    /// It takes more again once there are fewer than this.
    package var writeLowBytes = 64 << 10
    /// How many calls with a Task of their own may run on a connection, those counted that were cancelled and go on.
    package var runningCallsMax = 128
    /// How long a peer may take to read what was written last and to close, before its connection is cut.
    package var closeWait: Duration = .seconds(2)
    /// How long connecting may take.
    package var connectWait: Duration = .seconds(5)
    /// How many characters of a client's name are kept.
    package var clientNameMax = 64

    package init() {}

    /// The wire's bounds for this caller.
    func connection(of caller: Caller) -> ConnectionLimits {
        caller.isKnown ? connection : strangers
    }
}

extension ConnectionLimits {
    /// Frames of 4 KiB and one stream.
    fileprivate static var strangers: ConnectionLimits {
        var limits = ConnectionLimits()
        limits.frames = .beforeHello
        limits.streamsMax = 1
        limits.creditInitial = 4
        limits.creditMax = 4
        return limits
    }
}
