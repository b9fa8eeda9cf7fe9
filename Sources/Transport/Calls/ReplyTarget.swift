import Wire

/// Where the answer to a client's request goes.
enum ReplyTarget {
    case answer(AnswerReply)
    case messages(ReplyStream)

    func take(_ body: [UInt8], isLast: Bool) {
        switch self {
        case .answer(let reply): reply.take(body, isLast: isLast)
        case .messages(let stream): stream.take(body, isLast: isLast)
        }
    }

    func end(_ failure: CallFailure) {
        switch self {
        case .answer(let reply): reply.end(failure)
        case .messages(let stream): stream.end(failure)
        }
    }
}
