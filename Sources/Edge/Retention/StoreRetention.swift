import Cards
import Customers
import Foundation
import Logging
import Storage
import Synchronization

/// Forgets what is kept beyond its time and is no part of the journal, which sees to its own: once an hour, some at a time, and by
/// a clock that does not believe in jumps.
final class StoreRetention: Sendable {
    private static let lookEvery = Duration.seconds(3_600)

    /// What is looked after.
    struct Parts: Sendable {
        let replica: Replica
        let cards: CardRegister?
        let enrolments: StoreEnrolments
        let erasure: StoreErasure
        let audit: AuditLog
    }

    private let retention: Retention
    private let parts: Parts
    private let logger: Logger
    private let time: @Sendable (Date, ContinuousClock.Instant) -> Date
    private let task = Mutex<Task<Void, Never>?>(nil)

    /// - Parameter time: what is believed of a clock on the wall and one that nobody sets.
    init(
        _ retention: Retention, _ parts: Parts, logger: Logger,
        time: @escaping @Sendable (_ wall: Date, _ uptime: ContinuousClock.Instant) -> Date
    ) {
        self.retention = retention
        self.parts = parts
        self.time = time
        self.logger = logger
    }

    func start() {
        let running = Task { [self] in
            while !Task.isCancelled {
                await StoreEnrolments.onDisk { [self] in look(wall: Date(), uptime: .now) }
                try? await Task.sleep(for: Self.lookEvery)
                guard !Task.isCancelled else { return }
                await StoreEnrolments.onDisk { [self] in
                    forget("deleted rows") { try parts.erasure.wipeIfDue() }
                }
            }
        }
        task.withLock { $0 = running }
    }

    func stop() async {
        let running = task.withLock { task in
            defer { task = nil }
            return task
        }
        running?.cancel()
        await running?.value
    }

    /// Forgets what is too old now. It waits for the disk.
    func look(wall: Date, uptime: ContinuousClock.Instant) {
        let now = self.time(wall, uptime)
        func time(_ days: Int) -> Date { now - Double(days) * 86_400 }
        forget("tombstones") {
            while try parts.replica.forgetTombstones(before: time(retention.tombstonesDays))
                == CustomersLimits.tombstonesTrimmedMax
            {}
        }
        forget("forgotten") { try parts.erasure.trim(before: time(retention.tombstonesDays)) }
        forget("cards") {
            guard let cards = parts.cards else { return }
            while try cards.forgetCards(endedBefore: time(retention.endedCardsDays)) == CardsLimits.trimmedMax {}
        }
        forget("members") {
            guard let days = retention.membersDays, let members = try parts.enrolments.members() else { return }
            for (system, member) in try members.enrolled(before: time(days)) {
                // Who came from another source stays: only what was agreed to here is forgotten.
                if member.customer == parts.replica.customerID(feed: system, key: member.subject) {
                    _ = try parts.erasure.erase(member.customer)
                } else {
                    try members.forget(member, of: system)
                }
            }
        }
        parts.audit.forget(before: time(retention.auditDays))
    }

    private func forget(_ what: String, _ work: () throws -> Void) {
        do {
            try work()
        } catch {
            logger.error(
                "What is kept beyond its time cannot be deleted now; it is tried again in an hour. Check the disk.",
                metadata: ["what": "\(what)", "cause": "\(error)"])
        }
    }
}
