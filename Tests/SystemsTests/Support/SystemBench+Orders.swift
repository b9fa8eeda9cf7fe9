import Foundation
import Journal
import Synchronization

@testable import Systems

/// What connectors put into the outbox, kept in memory.
final class PostedDrafts: Sendable {
    private let drafts = Mutex<[OutboxDraft]>([])
    private let isFull = Mutex(false)

    var all: [OutboxDraft] { drafts.withLock { $0 } }

    /// Whether nothing more is taken.
    func setFull(_ isFull: Bool) { self.isFull.withLock { $0 = isFull } }

    var orders: [SystemOrder] { all.compactMap { SystemOrder(payload: $0.payload) } }

    func post(_ draft: OutboxDraft) -> Bool {
        guard !isFull.withLock({ $0 }) else { return false }
        drafts.withLock { drafts in
            if !drafts.contains(where: { $0.operation == draft.operation }) { drafts.append(draft) }
        }
        return true
    }
}

extension OutboxEntry {
    /// An entry as the outbox gives it for delivering.
    static func holding(
        _ order: SystemOrder, id: Int64 = 1, operation: [UInt8] = [1, 2, 3], attempts: Int = 1,
        at time: Date = Date()
    ) -> OutboxEntry {
        OutboxEntry(
            id: id, system: "outside", kind: order.kind.rawValue, operation: operation, subject: "K1",
            payload: order.payload,
            standing: OutboxStanding(
                state: .sending, attempts: attempts, dueAt: time, createdAt: time, changedAt: time))
    }
}
