import Foundation
import Journal
import Storage
import Systems
import Transport
import Wire

/// Answers `countertop.v1.Outbox`.
struct OutboxService: Sendable {
    private static let listedUsually = 100
    private static let listedMax = 200
    private static let reasonBytesMax = 200

    let store: StoreOutbox
    let audit: AuditLog
    let answers: StoredAnswers
    private let queue = DiskQueue("outbox calls")

    init(store: StoreOutbox, audit: AuditLog, answers: StoredAnswers) {
        self.answers = answers
        self.store = store
        self.audit = audit
    }

    func register(in router: inout CallRouter) {
        let service = self
        router.unaryAsync("countertop.v1.Outbox/List") { (request: ListOutboxRequest, _) async throws(Status) in
            try await service.queue.run { () throws(Status) in try service.list(request) }
        }
        router.change("countertop.v1.Outbox/Retry", answers) {
            (request: RetryOutboxRequest, context) async throws(Status) in
            let answer = try await service.decide(request.id) { standing, later throws(OutboxStanding.Refusal) in
                try standing.retried(now: Date(), arrivedAfter: later)
            }
            service.audit.note(context.caller, "Outbox/Retry", entry: request.id)
            return answer
        }
        router.change("countertop.v1.Outbox/Drop", answers) {
            (request: DropOutboxRequest, context) async throws(Status) in
            guard (1...Self.reasonBytesMax).contains(request.reason.utf8.count) else {
                throw Status(
                    .argumentInvalid, "Say why, in 1 to \(Self.reasonBytesMax) bytes, for those who look later.")
            }
            let answer = try await service.decide(request.id) { standing, _ throws(OutboxStanding.Refusal) in
                try standing.dropped(reason: request.reason, now: Date())
            }
            service.audit.note(context.caller, "Outbox/Drop", entry: request.id)
            return answer
        }
    }

    func list(_ request: ListOutboxRequest) throws(Status) -> ListOutboxAnswer {
        guard request.limit <= Self.listedMax else {
            throw Status(
                .argumentInvalid, "At most \(Self.listedMax) entries come at once. Ask for those after a number.")
        }
        let states = request.states.compactMap { Journal.OutboxState($0) }
        guard states.count == request.states.count else {
            throw Status(.argumentInvalid, "This edge does not know that state of an entry.")
        }
        let limit = request.limit == 0 ? Self.listedUsually : Int(request.limit)
        do {
            let counts = try store.outbox.counts()
            let entries = try store.outbox.entries(
                system: request.system.isEmpty ? nil : request.system,
                states: states.isEmpty ? [.pending, .sending, .unknown, .refused] : states,
                after: Int64(clamping: request.afterId), limit: limit)
            return ListOutboxAnswer(
                systems: systems(counts), counts: counts.map { Wire.OutboxCount($0) },
                entries: entries.map { Wire.OutboxEntry($0) })
        } catch {
            throw Status(outbox: error)
        }
    }

    /// The systems that entries are delivered to.
    var served: [OutboxSystem] { store.runners.map { OutboxSystem($0.system, $0.status) } }

    private func systems(_ counts: [Journal.OutboxCount]) -> [OutboxSystem] {
        let served = served
        let others = Set(counts.map(\.system)).subtracting(served.map(\.name)).map { OutboxSystem(name: $0) }
        return (served + others).sorted { $0.name < $1.name }
    }

    /// What somebody decides of an entry, who is told how many later ones about the same customer have arrived.
    private typealias Decision = @Sendable (OutboxStanding, Int) throws(OutboxStanding.Refusal) -> OutboxStanding

    private func decide(
        _ id: UInt64, _ decision: @escaping Decision
    ) async throws(Status) -> OutboxAnswer {
        try await queue.run { () throws(Status) in try decided(id, decision) }
    }

    private func decided(
        _ id: UInt64, _ decision: Decision
    ) throws(Status) -> OutboxAnswer {
        let found: Journal.OutboxEntry?
        let later: Int
        do throws(StorageError) {
            found = try store.outbox.entry(Int64(clamping: id))
            later = if let found { try store.outbox.arrivedAfter(found) } else { 0 }
        } catch {
            throw Status(outbox: error)
        }
        guard let found else { throw Status(.entryUnknown, "The outbox has no entry \(id). Look: countertop outbox") }
        let standing: OutboxStanding
        do throws(OutboxStanding.Refusal) {
            // To a system that the configuration does not name nothing is being delivered, whatever the last edge did.
            let present = store.serves(found.system) ? found.standing : found.standing.abandoned
            standing = try decision(present, later)
        } catch {
            throw Status(error, id)
        }
        do {
            guard let noted = try store.decide(standing, of: found) else { throw Status(.sending, id) }
            store.decided(noted)
            return OutboxAnswer(entry: Wire.OutboxEntry(noted))
        } catch let error as Status {
            throw error
        } catch {
            throw Status(
                .journalUnreadable, "The outbox cannot be written. Check the edge's disk: countertop run says more.")
        }
    }
}

extension Status {
    fileprivate init(outbox error: StorageError) {
        self.init(.journalUnreadable, error.message)
    }

    fileprivate init(_ refusal: OutboxStanding.Refusal, _ id: UInt64) {
        switch refusal {
        case .sending:
            self.init(.entryMoving, "Entry \(id) is being delivered or looked for this moment. Ask again in a while.")
        case .sent: self.init(.entryEnded, "Entry \(id) was sent: its system has taken it.")
        case .dropped: self.init(.entryEnded, "Entry \(id) was dropped, and nothing of it is left.")
        }
    }
}

extension WireReason {
    /// The outbox has no entry of that number.
    static let entryUnknown = WireReason("ENTRY_UNKNOWN", .notFound)
    /// The entry was sent or dropped.
    static let entryEnded = WireReason("ENTRY_ENDED", .failedPrecondition)
    /// The entry is being delivered.
    static let entryMoving = WireReason("ENTRY_MOVING", .aborted)
}
