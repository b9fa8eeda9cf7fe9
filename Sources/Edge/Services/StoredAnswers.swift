import Dispatch
import Journal
import Synchronization
import Transport
import Wire

/// The answers of calls that were made under an operation id, by the id, the call and its bytes. One that is made again, on any
/// connection and after a crash of either side too, gets the answer that the first one got, and has no second effect.
///
/// The lanes' own calls (``LaneHost``) and those that go to the outbox keep theirs in the transaction of their effect. These are kept
/// behind it: what an edge that ends in between has done is not done twice, and the one who asks again is told how it stands then.
final class StoredAnswers: Sendable {
    private struct Flight {
        /// Who has the same id and waits for it to end.
        var waiting: [CheckedContinuation<Void, Never>] = []
    }

    private static let operationBytesMax = LaneLimits().operationBytesMax
    private static let disk = DiskQueue(concurrent: .global())

    private let journal: ScanJournal
    private let flights = Mutex<[[UInt8]: Flight]>([:])

    init(_ journal: ScanJournal) { self.journal = journal }

    /// The operation that a call is for; `nil` when it was given no id.
    /// - Parameter lane: empty for a call of no lane.
    /// - Throws: ``Wire/Status`` ARGUMENT_INVALID.
    func operation(of call: CallContext, lane: String, body: [UInt8]) throws(Status) -> Journal.Operation? {
        guard !call.operation.isEmpty else { return nil }
        guard call.operation.count <= Self.operationBytesMax else {
            throw Status(.argumentInvalid, "An operation id has at most \(Self.operationBytesMax) bytes.")
        }
        return journal.operation(lane: lane, id: call.operation, call: call.call, body: body)
    }

    /// The answer that an operation got before; `nil` when it is new. It may wait for the disk.
    /// - Throws: ``Wire/Status`` OPERATION_REUSED, JOURNAL_UNREADABLE.
    func answer(of operation: Journal.Operation) throws(Status) -> [UInt8]? {
        let record: OperationRecord
        do {
            record = try journal.record(of: operation)
        } catch {
            throw Status(
                .journalUnreadable,
                "The journal cannot be read, so nobody knows whether this was done already. Check the edge's disk.")
        }
        switch record {
        case .new: return nil
        case .answered(let answer): return answer
        case .other: throw .operationReused
        }
    }

    /// Keeps an answer.
    /// - Parameter written: called when it is on the disk, or while that refuses; on any thread.
    func keep(_ answer: [UInt8], of operation: Journal.Operation, written: @escaping @Sendable () -> Void) {
        let change = LaneChange(operation: AnsweredOperation(operation, answer: answer))
        journal.note(change, lane: operation.lane, written: written)
    }

    /// Answers a call as it was answered first, or carries it out. Of several with one id that come at once, one is carried out.
    /// - Parameters:
    ///   - lane: empty for a call of no lane.
    ///   - kept: the answer as it is kept, without what is told of a customer.
    ///   - work: what a refusal ends has had no effect, and is done anew.
    func answer<Answer: WireMessage>(
        _ call: CallContext, lane: String, body: [UInt8], kept: (Answer) -> Answer,
        _ work: () async throws(Status) -> Answer
    ) async throws(Status) -> Answer {
        guard let operation = try operation(of: call, lane: lane, body: body) else { return try await work() }
        await begin(operation)
        defer { end(operation) }
        let known = try await Self.disk.run { [self] () throws(Status) in try answer(of: operation) }
        if let known { return (try? Answer(packed: known)) ?? Answer() }
        let made = try await work()
        await withCheckedContinuation { done in
            keep(kept(made).packed(), of: operation) { done.resume() }
        }
        return made
    }

    // MARK: One at a time

    private func begin(_ operation: Journal.Operation) async {
        await withCheckedContinuation { turn in
            let isFirst = flights.withLock { flights in
                guard flights[operation.key] != nil else {
                    flights[operation.key] = Flight()
                    return true
                }
                flights[operation.key]?.waiting.append(turn)
                return false
            }
            if isFirst { turn.resume() }
        }
    }

    private func end(_ operation: Journal.Operation) {
        let next: CheckedContinuation<Void, Never>? = flights.withLock { flights in
            guard let flight = flights[operation.key], !flight.waiting.isEmpty else {
                flights[operation.key] = nil
                return nil
            }
            return flights[operation.key]?.waiting.removeFirst()
        }
        next?.resume()
    }
}

extension CallRouter {
    /// Has a call that changes something answered by a Task, and as it was answered first when it is made again under an operation id.
    /// - Parameter kept: the answer as it is kept, without what is told of a customer.
    mutating func change<Request: WireMessage, Answer: WireMessage>(
        _ call: String, _ answers: StoredAnswers, kept: @escaping @Sendable (Answer) -> Answer = { $0 },
        _ handler: @escaping @Sendable (Request, CallContext) async throws(Status) -> Answer
    ) {
        unaryAsync(call) { (request: Request, body, context) async throws(Status) in
            let lane = (request as? any LaneRequest)?.lane ?? ""
            return try await answers.answer(context, lane: lane, body: body, kept: kept) { () async throws(Status) in
                try await handler(request, context)
            }
        }
    }
}

extension Status {
    /// The operation id is another call's, or that of this call with other bytes.
    static let operationReused = Status(
        .operationReused, "Another call had this operation id. Make a new id for each call that is not a retry.")
}
