import NIOCore
import Wire

extension ClientHandler {
    /// Makes a call, unless it was given up already.
    func request(
        _ call: String, body: [UInt8], operation: [UInt8] = [], timeout: Duration?, ticket: RequestTicket,
        reply: ReplyTarget
    ) {
        if case .givenUp = ticket.place { return reply.end(Self.givenUp) }
        now = LoopClock.now()
        switch connection.request(
            call, body: body, operation: operation, timeout: timeout, now: now, into: &actions)
        {
        case .refused(let status):
            if status.reason == WireReason.streamsUsedUp.name { mark.close() }
            reply.end(CallFailure(status, wasServed: false))
        case .stream(let stream):
            ticket.place = .open(stream: stream)
            replies[stream] = reply
        }
        settle()
    }

    /// Gives a call up.
    func cancel(_ ticket: RequestTicket) {
        defer { ticket.place = .givenUp }
        guard case .open(let stream) = ticket.place, let reply = replies.removeValue(forKey: stream) else { return }
        now = LoopClock.now()
        connection.cancel(stream, now: now, into: &actions)
        reply.end(Self.givenUp)
        settle()
    }

    /// Gives credit again for messages that were taken.
    func consume(_ messages: Int, _ ticket: RequestTicket) {
        guard case .open(let stream) = ticket.place else { return }
        connection.consume(messages, on: stream, into: &actions)
        settle()
    }

    /// Gives up what is open, says goodbye and closes.
    func leave() {
        now = LoopClock.now()
        for (stream, reply) in replies {
            connection.cancel(stream, now: now, into: &actions)
            reply.end(Self.givenUp)
        }
        replies = [:]
        connection.drain(now: now, into: &actions)
        settle()
    }

    private static let givenUp = CallFailure(
        Status(.callCancelled, "The caller gave the call up."), wasServed: true)
}
