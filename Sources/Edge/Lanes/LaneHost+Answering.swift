import Journal
import NIOCore
import Transport
import Wire

extension LaneHost {
    /// Carries out a call that changes the lane, and answers it once its effect is on the disk. One that was carried out
    /// before, by its operation id, gets the answer it got then.
    /// - Parameter keep: the answer as it is kept, without what is told of a customer.
    func answer<Answer: WireMessage>(
        _ reply: LaterReply, body: [UInt8], keep: (Answer) -> Answer = { $0 },
        again: (Answer) -> Answer = { $0 }, _ work: () throws(Status) -> Answer
    ) throws(Status) {
        let operation = try operation(of: reply.context, body: body)
        if let operation, let answered = try answered(operation) {
            let answer = (try? Answer(packed: answered)).map(again) ?? Answer()
            return tell(reply, answer.packed(), after: LaneChange())
        }
        var (answer, change) = try changing(work)
        if let operation { change.operation = AnsweredOperation(operation, answer: keep(answer).packed()) }
        tell(reply, answer.packed(), after: change)
    }

    /// The operation a call is for; `nil` when the till gave it no id.
    /// - Throws: ``Wire/Status`` ARGUMENT_INVALID.
    func operation(of call: CallContext, body: [UInt8]) throws(Status) -> Journal.Operation? {
        guard !call.operation.isEmpty else { return nil }
        guard call.operation.count <= lane.limits.operationBytesMax else {
            throw Status(.argumentInvalid, "An operation id has at most \(lane.limits.operationBytesMax) bytes.")
        }
        return surroundings.journal.operation(lane: lane.name, id: call.operation, call: call.call, body: body)
    }

    /// The answer that an operation got before; `nil` when it is new.
    /// - Throws: ``Wire/Status`` OPERATION_REUSED, JOURNAL_UNREADABLE.
    func answered(_ operation: Journal.Operation) throws(Status) -> [UInt8]? {
        let record: OperationRecord
        do {
            record = try surroundings.journal.record(of: operation)
        } catch {
            throw Status(
                .journalUnreadable,
                "The journal cannot be read, so nobody knows whether this was done already. Check the edge's disk.")
        }
        switch record {
        case .new: return nil
        case .answered(let answer): return answer
        case .other:
            throw Status(
                .operationReused,
                "Another call in lane \(lane.name) had this operation id. Make a new id for each call that is not a retry."
            )
        }
    }

    /// Answers a call once a change, and what came before it, is on the disk.
    func tell(_ reply: LaterReply, _ answer: [UInt8], after change: LaneChange) {
        let eventLoop = surroundings.eventLoop
        surroundings.journal.note(change, lane: lane.name) {
            eventLoop.execute { reply.answer(packed: answer) }
        }
    }
}
