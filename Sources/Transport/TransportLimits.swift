package import Wire

/// Every bound of sockets and connections, beside the wire's own.
package struct TransportLimits: Sendable {
    /// The wire's bounds for one connection.
    package var connection = ConnectionLimits()
    /// The wire's bounds for a connection that has not proved who it is.
    package var strangers = ConnectionLimits.strangers
    /// How long such a connection may last.
    package var strangerWait: Duration = .seconds(15)
    /// How many connections wait on a listener to say Hello and to prove who they are. For one more, the oldest gives way of
    /// the address that has most of them.
    package var strangersMax = 128
    /// How long a TLS handshake may take.
    package var handshakeWait: Duration = .seconds(5)
    /// How many TLS handshakes an address may begin at once, and after how long another one: a store's tills come back
    /// together after a power cut, some of them from one address. More are closed.
    package var handshakes = Allowance.Rate(burst: 32, every: .milliseconds(100))
    /// How many connections of a caller, at its address, may end because they broke a rule, and after how long one of them
    /// is forgotten. Further connections wait, one for each that is forgotten.
    package var offences = Allowance.Rate(burst: 8, every: .seconds(1))
    /// How long a connection may have to wait for that; those that would wait longer are closed.
    package var offenceWaitMax: Duration = .seconds(8)
    /// How many addresses and callers are remembered for that.
    package var sourcesMax = 1_024
    /// How many connections a listener has at once.
    package var connectionsMax = 256
    /// How many connections above that are told why they are refused; further ones are only closed.
    package var refusalsMax = 32
    /// How many connections the kernel may hold before they are accepted.
    package var backlog = 1_024
    /// How many connections are taken from the kernel one after the other, and how far apart the next ones are: quicker than a
    /// host opens them, so that the backlog has room for others, and slow enough to leave time to those inside.
    package var accepts = Allowance.Rate(burst: 64, every: .microseconds(200))
    /// How many of those are let in one after the other, and how far apart the next ones are, so that a crowd at the door takes
    /// little time of those inside.
    package var entries = Allowance.Rate(burst: 64, every: .milliseconds(5))
    /// The same of connections that begin with a TLS handshake.
    package var secureEntries = Allowance.Rate(burst: 64, every: .milliseconds(10))
    /// How many wait to be let in. For one more, the last is closed of the address that has most of them.
    package var doorPlacesMax = 128
    /// How many control pings a WebSocket may send at once, and how far apart further ones: browsers send none.
    package var webSocketPings = Allowance.Rate(burst: 16, every: .seconds(1))
    /// The same of its frames that carry nothing: empty ones, and pongs that answer no ping of ours. Each costs as much to take
    /// apart as one that carries something.
    package var webSocketEmpties = Allowance.Rate(burst: 64, every: .milliseconds(100))
    /// How many connections a till may have at once; whoever administers may have as many as there are.
    package var connectionsOfTillMax = 32
    /// The most that is read from a socket at once, in bytes, before other connections have their turn.
    package var readBytesMax = 16 << 10
    /// The same of a WebSocket, whose frames of a read are all taken apart at once: some hundred where they carry nothing.
    package var webSocketReadBytesMax = 4 << 10
    /// How many frames of a connection are dealt with before others have their turn.
    package var turnFramesMax = 128
    /// The same while several connections have frames.
    package var sharedTurnFramesMax = 8
    /// How long a connection that had frames counts for that.
    package var turnMemory: Duration = .milliseconds(100)
    /// After how long a turn ends, however few frames it had.
    package var turnTimeMax: Duration = .milliseconds(1)
    /// How long the sockets are looked at between the turns of connections with more frames than that: longer than it takes
    /// the event loop to come to its next task, or the sockets would have no turn.
    package var turnPause: Duration = .microseconds(100)
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

    /// The most that is read at once from a connection that comes in so.
    func readBytesMax(at security: ListenerSecurity) -> Int {
        if case .webSocket = security { webSocketReadBytesMax } else { readBytesMax }
    }

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
