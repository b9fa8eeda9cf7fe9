import Customers
import Devices
import NIOCore
import Synchronization

/// Asks the replica what a code is, from whatever thread needs to know, and lets the replica's read transaction go soon
/// after the last question, so that checkpoints pass.
final class Recogniser: Sendable {
    /// How long a read transaction may stay open after the question that began it.
    static let readTime: TimeAmount = .milliseconds(100)

    private struct State: ~Copyable {
        let reader: ReplicaReader
        var isRestDue = false
    }

    private let state: Mutex<State>
    private let eventLoop: any EventLoop
    private let onFault: @Sendable ((any Error)?) -> Void

    /// - Parameter onFault: is told when the replica cannot be read, and with `nil` when it was read.
    init(
        _ replica: Replica, eventLoop: any EventLoop, onFault: @escaping @Sendable ((any Error)?) -> Void
    ) throws {
        state = Mutex(State(reader: try replica.makeReader()))
        self.eventLoop = eventLoop
        self.onFault = onFault
    }

    /// Puts one question to the replica.
    /// - Throws: what the replica throws; the health of the edge knows of it then.
    func ask<Result: Sendable>(_ question: @Sendable (ReplicaReader) throws -> Result) throws -> Result {
        let (result, mustRest) = state.withLock { state in
            let result = Swift.Result { try question(state.reader) }
            let mustRest = !state.isRestDue
            state.isRestDue = true
            return (result, mustRest)
        }
        if mustRest { eventLoop.scheduleTask(in: Self.readTime) { [self] in rest() } }
        switch result {
        case .success: onFault(nil)
        case .failure(let error):
            // That one record cannot be read says nothing of the others; the replica counts it.
            if (error as? CustomersError)?.code != .recordUnreadable { onFault(error) }
        }
        return try result.get()
    }

    /// What a label is. Scanning goes on when the replica cannot be read: the label is then unknown, and the answer says
    /// that the local copy is not complete.
    func recognise(_ code: LabelCode) -> Answer {
        if let answer = try? ask({ try $0.resolve(code) }) { return answer }
        let provenance = Provenance(source: "replica", ageMilliseconds: 0, complete: false)
        return Answer(resolution: PaymentCard.matches(code) ? .paymentCard : .unknown, provenance: provenance)
    }

    private func rest() {
        state.withLock { state in
            state.reader.releaseRead()
            state.isRestDue = false
        }
    }
}

extension LabelCode {
    init(_ label: Label) {
        self.init(data: label.data, family: LabelFamily(label.family), gtin14: label.gtin14)
    }
}

extension LabelFamily {
    init(_ family: Label.Family) {
        switch family {
        case .none: self = .none
        case .eanUPC: self = .eanUPC
        case .gs1: self = .gs1
        case .other: self = .other
        }
    }
}
