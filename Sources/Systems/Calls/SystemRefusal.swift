import Foundation

/// What an answer means that is none of those that were asked for.
struct SystemRefusal {
    let reply: SystemReply
    let isSafe: Bool

    init(_ reply: SystemReply, isSafe: Bool) {
        self.reply = reply
        self.isSafe = isSafe
    }

    func error(now: Date) -> SystemsError {
        let name = reply.system
        let cause = (["status \(reply.status)"] + [reply.refusalCode].compactMap(\.self)).joined(separator: ", ")
        let pause = HTTPAnswer.pause(reply.headers["retry-after"] ?? "", now: now)
        switch reply.status {
        case 300..<400:
            return SystemsError(
                .refused, "\(name) says that it has moved. Write the new address into its url.", cause: cause)
        case 401, 403:
            return SystemsError(
                .refused,
                "\(name) lets nobody in with these credentials. Check them: countertop systems check \(name).",
                cause: cause)
        case 429:
            return SystemsError(
                .throttled, "\(name) is asked too often. It is asked again when it says.", cause: cause,
                retryAfter: pause)
        case 503 where pause != nil:
            return SystemsError(
                .throttled, "\(name) wants to be left alone. It is asked again when it says.", cause: cause,
                retryAfter: pause)
        case 408, 425, 503:
            return SystemsError(.unavailable, "\(name) cannot answer now.", cause: cause, retryAfter: pause)
        case 500...:
            guard isSafe else {
                return SystemsError(
                    .outcomeUnknown,
                    "\(name) failed while it was told to change something. Whether it did is found out before it is told again.",
                    cause: cause)
            }
            return SystemsError(.unavailable, "\(name) cannot answer now.", cause: cause, retryAfter: pause)
        case 100..<200:
            return SystemsError(.broken, "\(name) answered with something else than was asked for.", cause: cause)
        default:
            return SystemsError(
                .refused, "\(name) does not take the request. Check its address and settings.", cause: cause,
                isAnswer: true)
        }
    }
}
