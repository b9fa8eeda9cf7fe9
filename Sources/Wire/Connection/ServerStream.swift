/// A stream as the edge sees it: how much it may still send, and what waits.
struct ServerStream: Sendable {
    /// How many messages may be sent before the client gives more credit.
    var credit: Int
    /// When the answer is of no use any more.
    let deadline: Duration?
    /// What waits for credit or for the socket, in order.
    var queue: [PackedMessage] = []
    /// What is sent after the queue; nothing more may be added then.
    var ending: Status?
    /// Since when the queue has not moved; `nil` while it is empty.
    var stuckSince: Duration?
    /// Whether the last message is in the queue.
    var isComplete = false

    /// Whether the call has given its whole answer, though some of it may wait.
    var isAnswered: Bool { isComplete || ending != nil }

    /// When time has something to say on this stream.
    func deadline(_ limits: ConnectionLimits) -> Duration? {
        guard let stuckUntil = stuckSince.map({ $0 + limits.queuedWait }) else { return deadline }
        return deadline.map { min($0, stuckUntil) } ?? stuckUntil
    }
}
