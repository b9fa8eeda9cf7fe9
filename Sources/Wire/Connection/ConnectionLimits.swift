/// Every bound of a connection. Both sides use it; the edge tells a client those it must know in its Welcome.
package struct ConnectionLimits: Sendable {
    /// What frames hold to until the Hello is accepted.
    package var framesBefore = WireLimits.beforeHello
    /// What frames hold to from then on.
    package var frames = WireLimits.afterHello
    /// How long a client may take for its Hello, and an edge for its Welcome.
    package var helloWait: Duration = .seconds(5)
    /// How many streams may be open at once.
    package var streamsMax = 64
    /// How many requests a client may keep for the time when a stream ends.
    package var requestsWaitingMax = 1_024
    /// How many messages the edge may send on a new stream before it waits for credit.
    package var creditInitial = 32
    /// The most credit a stream can have; more than that is not counted.
    package var creditMax = 65_536
    /// How many bytes of messages the edge may send on all streams together before it waits for credit; see
    /// ``Limits/creditBytesInitial``. A sixty-fourth of a quarter of it is told at once, so that a client whose tasks take
    /// what came always gives credit before the edge has none.
    package var creditBytesInitial = 1 << 20
    /// The most such credit a connection can have; more than that is not counted.
    package var creditBytesMax = 16 << 20
    /// How many messages may wait on a stream for credit or for the socket.
    package var queuedMessagesMax = 256
    /// How many bytes may wait on all streams of a connection together.
    package var queuedBytesMax = 1 << 20
    /// How long messages may wait on a stream without any going out.
    package var queuedWait: Duration = .seconds(30)
    /// After how much silence a side asks with a Ping.
    package var silenceMax: Duration = .seconds(30)
    /// How long the other side may take to answer it.
    package var pongWait: Duration = .seconds(10)
    /// How long open streams may go on after a goodbye.
    package var drainWait: Duration = .seconds(7)
    /// How many pings may come at once, and after how long another one may.
    package var pings = Allowance.Rate(burst: 10, every: .seconds(1))
    /// How many requests may be cancelled at once, and after how long another one may.
    package var cancels = Allowance.Rate(burst: 200, every: .milliseconds(150))
    /// How many frames without any use may come at once, and after how long another one may.
    package var uselessFrames = Allowance.Rate(burst: 500, every: .milliseconds(10))

    package init() {}
}
