import NIOCore

/// The connections of one event loop that have frames left for another turn.
final class LoopQueue {
    private let eventLoop: any EventLoop
    private let limits: TransportLimits
    private var waiting = CircularBuffer<() -> Void>()
    private var isSet = false
    private var lastReader: ObjectIdentifier?
    /// Until when several connections have frames, as far as is known.
    private var sharedUntil: Duration = .zero

    init(_ eventLoop: any EventLoop, limits: TransportLimits) {
        self.eventLoop = eventLoop
        self.limits = limits
    }

    /// A connection begins to deal with its frames.
    /// - Returns: how many of them may be dealt with in this turn.
    func begin(_ connection: ObjectIdentifier, now: Duration) -> Int {
        if let lastReader, lastReader != connection { sharedUntil = now + limits.turnMemory }
        lastReader = connection
        return now < sharedUntil ? limits.sharedTurnFramesMax : limits.turnFramesMax
    }

    /// Has a connection go on in another turn.
    func append(_ resume: @escaping () -> Void) {
        waiting.append(resume)
        setAlarm()
    }

    /// One turn, and then a moment for all sockets: the event loop runs tasks that are due before it looks at any.
    private func setAlarm() {
        guard !isSet, !waiting.isEmpty else { return }
        isSet = true
        eventLoop.assumeIsolated().scheduleTask(in: TimeAmount(limits.turnPause)) { [self] in
            isSet = false
            waiting.popFirst()?()
            setAlarm()
        }
    }
}
