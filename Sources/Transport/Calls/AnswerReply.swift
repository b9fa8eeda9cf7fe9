import Wire

/// A caller that waits for the one message of an answer. It lives on the connection's event loop.
final class AnswerReply {
    typealias Answer = Result<[UInt8], CallFailure>

    private var caller: CheckedContinuation<Answer, Never>?
    private var body: [UInt8]?

    init(_ caller: CheckedContinuation<Answer, Never>) {
        self.caller = caller
    }

    func take(_ body: [UInt8], isLast: Bool) {
        self.body = body
        if isLast { resume(.success(body)) }
    }

    func end(_ failure: CallFailure) {
        guard failure.status.statusCode == .ok else { return resume(.failure(failure)) }
        let missing = Status(.answerMissing, "The edge ended the call well, but without an answer. Update the edge.")
        resume(body.map { .success($0) } ?? .failure(CallFailure(missing, wasServed: true)))
    }

    private func resume(_ answer: Answer) {
        caller?.resume(returning: answer)
        caller = nil
    }
}
