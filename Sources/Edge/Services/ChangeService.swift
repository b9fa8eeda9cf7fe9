import Customers
import Dispatch
import Foundation
import Journal
import NIOCore
import Storage
import Systems
import Transport
import Wire

/// Answers `countertop.v1.Changes`.
struct ChangeService: Sendable {
    let systems: StoreSystems
    let outbox: Outbox
    let lanes: StoreLanes
    let recogniser: Recogniser
    let replica: Replica
    let audit: AuditLog
    let linkedCards: LinkedCards
    var region: PhoneRegion { replica.region }

    func register(in router: inout CallRouter) {
        let service = self
        router.unaryAsync("countertop.v1.Changes/Join") {
            (request: JoinRequest, body, context) async throws(Status) in
            try await service.change(body, context) { () async throws(Status) in
                try service.join(request, context)
            }
        }
        router.unaryAsync("countertop.v1.Changes/Correct") {
            (request: CorrectCustomerRequest, body, context) async throws(Status) in
            try await service.change(body, context) { () async throws(Status) in
                try service.correct(request, context)
            }
        }
        router.unaryAsync("countertop.v1.Changes/SetPermission") {
            (request: SetPermissionRequest, body, context) async throws(Status) in
            try await service.change(body, context) { () async throws(Status) in
                try service.setPermission(request, context)
            }
        }
        router.unaryAsync("countertop.v1.Changes/ChangeBonuses") {
            (request: ChangeBonusesRequest, body, context) async throws(Status) in
            try await service.change(body, context) { () async throws(Status) in
                try await service.changeBonuses(request, context)
            }
        }
        router.unaryAsync("countertop.v1.Changes/LinkCard") {
            (request: LinkCardRequest, body, context) async throws(Status) in
            try await service.change(body, context) { () async throws(Status) in
                try service.linkCard(request, context)
            }
        }
        router.unaryAsync("countertop.v1.Changes/Get") { (request: GetChangeRequest, _) async throws(Status) in
            try await service.state(of: Int64(clamping: request.id))
        }
    }

    // MARK: Who, and where to

    /// A customer of the local copy, and the system he comes from.
    func customer(_ id: String) throws(Status) -> (customer: Customers.Customer, source: String) {
        let found: (Customers.Customer, Customers.Provenance)?
        do {
            found = try recogniser.ask { try $0.customer(id: id) }
        } catch {
            throw Status(.replicaUnreadable, "The local copy of the customers cannot be read. Check the edge's disk.")
        }
        guard let (customer, provenance) = found else {
            throw Status(.customerUnknown, "The local copy has no customer with that id. Resolve the code again.")
        }
        return (customer, provenance.source)
    }

    func receiver(
        of order: SystemOrder, for customer: CustomerAddress, source: String
    ) throws(Status) -> any OrderReceiver {
        guard let receiver = systems.receiver(of: order, for: customer, source: source) else {
            throw Status(
                .systemMissing,
                "No system of this store takes this change of this customer. countertop systems lists those there are.")
        }
        return receiver
    }

    // MARK: Into the outbox

    /// What a call has a system told.
    struct Change: Sendable {
        let order: SystemOrder
        let system: String
        /// The customer it is about; empty for a new one.
        var subject = ""
        /// What the store itself does once it is on the disk under this number, and not again for a call that is made again.
        var onceQueued: @Sendable (_ entry: Int64) async -> Void = { _ in }
    }

    /// Answers a call that changes something. One that was made before is known before anything is looked up for it: the
    /// customer and the balance may be others since, by the very change.
    /// - Parameter work: looks up what the change is.
    func change(
        _ body: [UInt8], _ context: CallContext, _ work: () async throws(Status) -> Change
    ) async throws(Status) -> ChangeAnswer {
        guard (1...OutboxLimits.operationBytesMax).contains(context.operation.count) else {
            throw Status(
                .argumentInvalid,
                "A change needs an operation id of 1 to \(OutboxLimits.operationBytesMax) bytes, the same when it is asked for "
                    + "again.")
        }
        let request = OutboxRequest(call: context.call, operation: context.operation, body: body)
        if let answer = try await answer(again: request) { return answer }
        let change: Change
        do {
            change = try await work()
        } catch {
            // The same call may have been carried out meanwhile, and be the reason for the refusal.
            if let answer = try await answer(again: request) { return answer }
            throw error
        }
        return try await post(change, request, until: context.deadline)
    }

    /// The answer to a call that was made before; `nil` when it is new.
    private func answer(again request: OutboxRequest) async throws(Status) -> ChangeAnswer? {
        let record = try await onDisk { [outbox] () throws(StorageError) in try outbox.record(of: request) }
        guard let record else { return nil }
        guard case .known(let id, _) = record else { throw Self.reused }
        return try await state(of: id)
    }

    private func post(
        _ change: Change, _ request: OutboxRequest, until deadline: NIODeadline?
    ) async throws(Status) -> ChangeAnswer {
        let draft = OutboxDraft(
            change.order, to: change.system, operation: request.operation, subject: change.subject, request: request)
        let posted = try await onDisk(until: deadline) { [outbox] () throws(StorageError) in
            try outbox.post(draft, now: Date())
        }
        switch posted {
        case .queued(let id):
            await change.onceQueued(id)
            return try await state(of: id)
        case .known(let id, _): return try await state(of: id)
        case .otherOperation: throw Self.reused
        case .full:
            throw Status(
                .outboxFull, "Too much waits for the systems outside. Look at it: countertop outbox. Then try again.")
        case .unfit: throw Status(.argumentInvalid, "A part of the change is too long.")
        }
    }

    private static let reused = Status(
        .operationReused, "Another change had this operation id. Make a new id for each that is not a retry.")

    /// Where a change stands. One of bonuses may have a further step that is not at its end.
    private func state(of id: Int64) async throws(Status) -> ChangeAnswer {
        let entry = try await onDisk { [outbox] () throws(StorageError) -> Journal.OutboxEntry? in
            try Self.lastStep(of: id, in: outbox)
        }
        guard let entry else {
            throw Status(.entryUnknown, "There is no change \(id). Ask for one that was made in the last 30 days.")
        }
        return ChangeAnswer(
            id: UInt64(clamping: id), system: entry.system, state: Wire.OutboxState(entry.standing.state),
            reason: entry.standing.reason)
    }

    private static func lastStep(of id: Int64, in outbox: Outbox) throws(StorageError) -> Journal.OutboxEntry? {
        guard let found = try outbox.entry(id) else { return nil }
        guard found.kind == SystemOrder.Kind.bonusChange.rawValue, found.standing.state == .sent else { return found }
        let open = try outbox.entries(system: found.system, states: [.pending, .sending, .unknown, .refused])
        return open.first { BonusStep(operation: $0.operation)?.root == id } ?? found
    }

    /// The outbox waits for the disk, which would hold up a task's thread.
    private static let disk = DiskQueue(concurrent: .global())

    private func onDisk<Value: Sendable>(
        until deadline: NIODeadline? = nil, _ work: @escaping @Sendable () throws(StorageError) -> Value
    ) async throws(Status) -> Value {
        try await Self.disk.run(until: deadline) { () throws(Status) -> Value in
            do throws(StorageError) {
                return try work()
            } catch {
                throw Status(.journalUnreadable, error.message)
            }
        }
    }
}

extension WireReason {
    /// No system takes the change.
    static let systemMissing = WireReason("SYSTEM_MISSING", .failedPrecondition)
    /// The system cannot be reached, and this cannot wait for it.
    static let systemAway = WireReason("SYSTEM_AWAY", .unavailable)
    /// Customers make themselves one.
    static let selfEnrolment = WireReason("SELF_ENROLMENT", .failedPrecondition)
    /// The balance does not suffice.
    static let balanceTooSmall = WireReason("BALANCE_TOO_SMALL", .failedPrecondition)
    /// The card is somebody's already.
    static let cardTaken = WireReason("CARD_TAKEN", .failedPrecondition)
    /// Too much waits for the systems outside.
    static let outboxFull = WireReason("OUTBOX_FULL", .resourceExhausted)
}
