import Cards
import Customers
import Dispatch
import Foundation
import Journal
import Logging
import Storage
import Synchronization
import Systems

/// Removes the traces of customers who are gone from the local copy: in the journal's scans, the ledger, the outbox and the
/// lanes; or hands them over to the customer whom one goes on as. The copy notes who is gone with the same transaction in which they go, so that an edge that ends in between goes on at
/// its next start.
final class StoreErasure: Sendable {
    /// What the outbox calls an erasure of which a system is told.
    static let kind = "customer_erased"

    /// What was removed.
    struct Outcome: Sendable, Equatable {
        var customers = 0
        var scans = 0
        var entries = 0
        /// Whether the logs of the journal and the local copy are empty; where all was wiped, those of the cards and the members too.
        var isScrubbed = true
        /// The systems that are told.
        var told: Set<String> = []
    }

    private let replica: Replica
    private let journal: ScanJournal
    private let lanes: StoreLanes
    private let outbox: StoreOutbox
    /// The store's own cards; `nil` when it never issued one.
    private let cards: CardRegister?
    private let enrolments: StoreEnrolments
    /// How systems outside find a customer of the local copy; `nil` for somebody whom it does not have.
    private let address: @Sendable (String) -> CustomerAddress?
    /// Waits until the ledger has settled the baskets that were closed so far.
    private let awaitLedger: @Sendable () -> Void
    /// Has the ledger settle how the lanes' last baskets ended, where it did not.
    private let settleBaskets: @Sendable () -> Void
    /// Whoever keeps something of customers in memory forgets these, or has it go on as the successor's.
    private let onGone: @Sendable (Set<String>, String?) -> Void
    private let logger: Logger
    private let queue = DispatchQueue(label: "countertop.erasure", qos: .utility)
    /// Overwriting reads all of every file, and nobody who is to be removed waits for that.
    private let wiping = DispatchQueue(label: "countertop.wiping", qos: .utility)
    private let isDue = Mutex(false)
    private let isEnded = Mutex(false)
    /// Whether nothing is to be overwritten any more that can be at the next start as well.
    private let isWipeEnded = Mutex(false)
    /// Whether deleted rows may have left copies between others; the run before may have ended before it saw to that.
    private let isWipeDue = Mutex(true)

    init(
        replica: Replica, journal: ScanJournal, lanes: StoreLanes, outbox: StoreOutbox, cards: CardRegister?,
        enrolments: StoreEnrolments, logger: Logger,
        address: @escaping @Sendable (String) -> CustomerAddress?, awaitLedger: @escaping @Sendable () -> Void,
        settleBaskets: @escaping @Sendable () -> Void,
        onGone: @escaping @Sendable (_ customers: Set<String>, _ successor: String?) -> Void
    ) {
        self.address = address
        self.awaitLedger = awaitLedger
        self.settleBaskets = settleBaskets
        self.onGone = onGone
        self.cards = cards
        self.enrolments = enrolments
        self.replica = replica
        self.journal = journal
        self.lanes = lanes
        self.outbox = outbox
        self.logger = logger
    }

    /// Somebody may be gone: looks, soon.
    func look() {
        let isNew = isDue.withLock { isDue in
            defer { isDue = true }
            return !isDue
        }
        guard isNew else { return }
        queue.async { [self] in
            isDue.withLock { $0 = false }
            do {
                let outcome = try removeTraces()
                if outcome.customers > 0 {
                    logger.info(
                        "Customers who are gone were removed from the journal.",
                        metadata: ["customers": "\(outcome.customers)", "scans": "\(outcome.scans)"])
                }
            } catch {
                logger.error(
                    "Traces of customers who are gone cannot be removed; it is tried again. Check the disk.",
                    metadata: ["cause": "\(error)"])
            }
        }
    }

    /// Does something once those are seen to who were gone before.
    func afterwards(_ work: @escaping @Sendable () -> Void) { queue.async(execute: work) }

    /// Removes a customer from everything. It waits for the disk.
    /// - Parameter wipes: whether what SQLite leaves of deleted rows is overwritten now, for which all of every file is read;
    ///   within the hour otherwise.
    /// - Returns: whether the copy had the customer, and what was removed.
    func erase(_ customer: String, wipes: Bool = false) throws -> (found: Bool, outcome: Outcome) {
        var (found, outcome) = try queue.sync {
            // First where a local copy that begins anew looks for it.
            try journal.noteForgotten(customer, at: Date())
            let erasure = try replica.erase(customerID: customer, at: Date())
            var outcome = try removeTraces()
            // What the store keeps of somebody whom the copy does not have, or not any more, goes as well.
            if !erasure.found {
                try forget([Departure(number: 0, id: customer, feed: "", identifiers: [])], &outcome)
            }
            isWipeDue.withLock { $0 = true }
            if !wipes { outcome.isScrubbed = try journal.scrub() && replica.scrub() }
            return (erasure.found, outcome)
        }
        if wipes { outcome.isScrubbed = try wiping.sync { try wipe() } }
        return (found, outcome)
    }

    /// Somebody whom the store was asked to forget wants to be a customer again: the next record of him counts, dated or not. It
    /// waits for the disk.
    /// - Returns: whether the store had been asked.
    func readmit(_ customer: String) throws -> Bool {
        try queue.sync {
            // First where a copy that begins anew looks for it.
            let isNoted = try journal.liftForgotten(customer)
            return try replica.readmit(customerID: customer) || isNoted
        }
    }

    /// Forgets that somebody was forgotten before a time.
    func trim(before time: Date) throws { try journal.trimForgotten(before: time) }

    /// Overwrites what SQLite left of deleted rows between others, where somebody has gone since the last time. It waits for the disk.
    func wipeIfDue() throws {
        guard isWipeDue.withLock({ $0 }) else { return }
        _ = try wiping.sync { try wipe() }
    }

    /// - Returns: false when a reader held a file's log, or the edge ends.
    private func wipe() throws -> Bool {
        isWipeDue.withLock { $0 = false }
        let goesOn = { [self] in !isWipeEnded.withLock { $0 } }
        do {
            var isDone = try journal.wipe(while: goesOn)
            isDone = try replica.wipe(while: goesOn) && isDone
            isDone = try cards?.wipe(while: goesOn) ?? true && isDone
            isDone = try goesOn() && enrolments.members()?.wipe(while: goesOn) ?? true && isDone
            if !isDone { isWipeDue.withLock { $0 = true } }
            return isDone
        } catch {
            isWipeDue.withLock { $0 = true }
            throw error
        }
    }

    /// Ends the overwriting of all that SQLite left, of which some GB take minutes; the next start sees to the rest. Customers are
    /// removed meanwhile.
    func stopWiping() { isWipeEnded.withLock { $0 = true } }

    /// Ends what is under way; the rest is done after the next start.
    func stop() {
        stopWiping()
        isEnded.withLock { $0 = true }
        queue.sync {}
        wiping.sync {}
    }

    private func removeTraces() throws -> Outcome {
        var outcome = Outcome()
        while !isEnded.withLock({ $0 }) {
            let gone = try replica.departures()
            guard !gone.isEmpty else { break }
            try remove(gone, &outcome)
            try journal.settleDeparting(gone.map(\.id))
            outcome.isScrubbed = try journal.scrub() && outcome.isScrubbed
            outcome.isScrubbed = try replica.forget(gone) && outcome.isScrubbed
            isWipeDue.withLock { $0 = true }
            outcome.customers += gone.count
        }
        return outcome
    }

    private func remove(_ gone: [Departure], _ outcome: inout Outcome) throws {
        // In their order: whoever goes on as somebody may have got another one's traces just before.
        var forgotten: [Departure] = []
        for departure in gone {
            guard let successor = departure.successor else {
                forgotten.append(departure)
                continue
            }
            if !forgotten.isEmpty { try forget(forgotten, &outcome) }
            forgotten = []
            try handOver(departure, to: successor)
        }
        if !forgotten.isEmpty { try forget(forgotten, &outcome) }
    }

    /// What the store keeps of a customer goes on as another one's. His scans stay: they are that one's as well, who is known
    /// by their codes when he is to be forgotten.
    private func handOver(_ departure: Departure, to successor: String) throws {
        let customer = departure.id
        onLanes { $0.follow([customer: successor]) }
        onGone([customer], successor)
        // A basket that was closed a moment ago was his: what its lane noted is to be there when it is moved.
        awaitLanes()
        awaitLedger()
        try FormerCodes.handOver(departure, to: successor, in: journal)
        try journal.redemptions.move(customer: customer, to: successor)
        // A basket that was closed meanwhile looked for its reservations under the successor, where they are only now.
        settleBaskets()
        let address = self.address(successor)
        try journal.outbox.move(subject: customer, to: successor) { payload in
            address.flatMap { SystemOrder(payload: payload)?.readdressed(to: $0) }?.payload ?? payload
        }
        try cards?.move(customer: customer, to: successor)
        try enrolments.move(customer: customer, to: successor)
    }

    private func forget(_ gone: [Departure], _ outcome: inout Outcome) throws {
        let linked = try gone.flatMap { try linkedCards(of: $0.id) + FormerCodes.all(of: $0.id, in: journal) }
        let codes = DepartedCodes(
            gone.flatMap(\.identifiers) + linked, region: replica.region, patterns: replica.patterns)
        let time = Date()
        var issued: Set<CardCode> = []
        let ids = Set(gone.map(\.id))
        onLanes { $0.forget(ids) }
        onGone(ids, nil)
        awaitLanes()
        for departure in gone {
            outcome.entries += try journal.outbox.erase(subject: departure.id, now: time)
            try journal.redemptions.erase(customer: departure.id)
            issued.formUnion(try cards?.cards(of: departure.id).map(\.code) ?? [])
            try tell(departure, time, &outcome)
        }
        if !codes.isEmpty || !issued.isEmpty {
            outcome.scans += try journal.blankScans { [issued] entry in
                codes.contains(LabelCode(entry, family: .none)) || CardCode(entry.data).map(issued.contains) ?? false
            }
        }
        // The scans need the codes, so these go last.
        for departure in gone {
            try cards?.erase(customer: departure.id)
            try enrolments.erase(customer: departure.id)
            try journal.eraseFormerCodes(of: departure.id)
        }
    }

    /// Cards that were linked to a customer in this store, and that his system has not been told of yet: no record has them.
    private func linkedCards(of customer: String) throws -> [Customers.Identifier] {
        try journal.outbox.entries(of: customer).compactMap { entry in
            guard case .card(let binding)? = SystemOrder(payload: entry.payload) else { return nil }
            return Customers.Identifier(type: .linkedCard, value: binding.card)
        }
    }

    /// The customer's own system learns that the store has forgotten him, by its own number of him and nothing else.
    private func tell(_ departure: Departure, _ time: Date, _ outcome: inout Outcome) throws {
        guard outbox.serves(departure.feed) else { return }
        let numbers = departure.identifiers.filter { $0.type == .externalID }.map(\.value)
        let payload = try JSONEncoder().encode(["customer": [departure.id], "external_ids": numbers])
        let operation = Array("erased \(departure.number) \(departure.id)".utf8)
        _ = try journal.outbox.post(
            OutboxDraft(system: departure.feed, kind: Self.kind, operation: operation, payload: Array(payload)),
            now: time)
        outcome.told.insert(departure.feed)
    }

    /// Waits until the journal has written what the lanes noted so far; while the disk refuses, it does not wait.
    private func awaitLanes() {
        let done = DispatchSemaphore(value: 0)
        journal.note(LaneChange(), lane: lanes.names.first ?? "") { done.signal() }
        done.wait()
    }

    /// On the lanes' own loop, and before anything else: what a lane shows is what people see.
    private func onLanes(_ work: @escaping @Sendable (isolated StoreLanes) -> Void) {
        let done = DispatchSemaphore(value: 0)
        lanes.execute { lanes in
            work(lanes)
            done.signal()
        }
        done.wait()
    }
}
