import Customers
import Devices
import Journal
import Logging
import NIOCore
import Transport
import Wire

/// Carries out what a ``Lane`` decides: events to those who watch, lines to the display, beeps to the scanners, outcomes
/// to the journal. It lives on the store's event loop.
final class LaneHost {
    /// What a lane is connected to.
    struct Surroundings: Sendable {
        let eventLoop: any EventLoop
        let journal: ScanJournal
        let recogniser: Recogniser
        /// `nil` where no system outside is asked whose a code is.
        var exchange: CodeExchange?
        /// What systems outside are to learn of who is in an order of theirs now, those included that were told of somebody else.
        var orderDrafts: OrderDrafts = { _, _, _, _ in [] }
        /// As whom a customer goes on who went from the local copy just before the edge ended.
        var successor: @Sendable (String) -> String? = { _ in nil }
        let registry: DeviceRegistry
        let limits: LaneLimits
        let audit: AuditLog
        let logger: Logger
    }

    /// - Parameter told: the systems that know of somebody in the order.
    typealias OrderDrafts =
        @Sendable (
            _ order: String, _ lane: String, _ customer: Customers.Customer?, _ told: Set<String>
        ) -> [OutboxDraft]

    var lane: Lane
    let surroundings: Surroundings
    var watchers: [LaneWatcher] = []
    var nextWatch: UInt64 = 1
    /// Why nobody may watch any more; `nil` while the edge runs.
    var closing: Wire.Status?
    /// The number of the last scan of which it is decided what became of it.
    private(set) var decidedSequence: UInt64
    private(set) var isUnjournaled = false
    /// The basket that was closed last, for a till that did not get the answer and asks again.
    var lastClosed: Wire.Basket?
    /// Whom the systems of the basket's order were told of, and which of them.
    var toldOrder: (place: OrderPlace, systems: Set<String>)?
    /// When the basket was closed, in this run of the edge.
    var closedAt: ContinuousClock.Instant?
    /// Scans whose code a system outside is asked for, and what was said of the last ones.
    var asking: Set<UInt64> = []
    var followUps: [UInt64: KnownFollowUp] = [:]
    /// What the journal has to keep of the work that is under way.
    private var change = LaneChange()
    private var isChanging = false
    private var wake: (at: ContinuousClock.Instant, task: Scheduled<Void>)?

    init(_ binding: EdgeConfiguration.LaneBinding, text: DisplayText, surroundings: Surroundings) {
        self.surroundings = surroundings
        let name = binding.name
        let last = surroundings.journal.position(lane: name).last
        lane = Lane(
            name: name, lastSequence: last, text: text, arming: binding.arming, limits: surroundings.limits,
            asksOutside: surroundings.exchange != nil)
        decidedSequence = LaneHost.lastDecided(lane: name, last: last, in: surroundings)
        restore()
    }

    /// Runs one of the lane's rules and carries its actions out.
    /// - Parameter notesCustomer: whether the audit log is to say that a customer came into the basket; not where it says who
    ///   put them there.
    func perform<Failure: Error>(
        notesCustomer: Bool = true, _ rule: (inout Lane, ContinuousClock.Instant) throws(Failure) -> [LaneAction]
    ) throws(Failure) {
        let before = lane.basket?.customer?.id
        let actions = try rule(&lane, .now)
        if notesCustomer, let customer = lane.basket?.customer?.id, customer != before { noteAttached(customer) }
        let isWhole = !isChanging
        isChanging = true
        for action in actions { carryOut(action) }
        scheduleWake()
        guard isWhole else { return }
        isChanging = false
        keepChange()
    }

    /// A customer came into the basket by a scan: it is the lane's till that sees them from now on.
    private func noteAttached(_ customer: String) {
        let till = Caller(.till, id: lane.lease.owner?.caller ?? "", lane: lane.name)
        surroundings.audit.note(till, AuditLog.attached, lane: lane.name, customer: customer)
    }

    /// Runs `work` and gives what the journal has to keep of it, for a caller who waits until it is kept.
    func changing<Value>(_ work: () throws(Wire.Status) -> Value) throws(Wire.Status) -> (Value, LaneChange) {
        isChanging = true
        defer { isChanging = false }
        do throws(Wire.Status) {
            let value = try work()
            defer { change = LaneChange() }
            return (value, change)
        } catch {
            keepChange()
            throw error
        }
    }

    private func keepChange() {
        guard !change.isEmpty else { return }
        surroundings.journal.note(change, lane: lane.name)
        change = LaneChange()
    }

    /// The journal keeps what the lane has to know after a restart.
    func remember() {
        let memory = LaneMemory(lane.lasting, closed: lastClosed)
        change.state = { memory.packed() }
        tellOrder()
        if !isChanging { keepChange() }
    }

    /// Customers were erased.
    func forget(_ customers: Set<String>) {
        perform { $0.forget(customers, now: $1) }
        guard let closed = lastClosed?.customer, customers.contains(closed.id) else { return }
        lastClosed?.customer = nil
        remember()
    }

    /// A till has applied this scan and all before it.
    func applied(_ sequence: UInt64) {
        decided(sequence)
        change.acknowledged = max(sequence, change.acknowledged ?? 0)
        if !isChanging { keepChange() }
    }

    /// Has the system that has the basket's order open told of the customer, when it is another one than it was told of, or
    /// nobody. It is written down with the basket, so that it is told once. An order whose basket was closed stays as it is.
    private func tellOrder() {
        let place = OrderPlace(lane.basket)
        guard place != toldOrder?.place else { return }
        let told = toldOrder
        toldOrder = place.map { (place: $0, systems: []) }
        guard let basket = lane.basket else { return }
        var systems = told?.systems ?? []
        if let told, told.place.order != basket.order {
            change.outbox += surroundings.orderDrafts(told.place.order, lane.name, nil, systems)
            systems = []
        }
        guard !basket.order.isEmpty else { return }
        let drafts = surroundings.orderDrafts(basket.order, lane.name, basket.customer, systems)
        change.outbox += drafts
        toldOrder?.systems = Set(drafts.filter { !$0.subject.isEmpty }.map(\.system))
    }

    /// What systems outside are to learn of the work that is under way, written down together with it.
    func tellSystems(_ drafts: [OutboxDraft]) {
        guard !drafts.isEmpty else { return }
        change.outbox += drafts
        if !isChanging { keepChange() }
    }

    /// Runs a rule that may refuse, for a till that is told so.
    func ask(
        notesCustomer: Bool = true, _ rule: (inout Lane, ContinuousClock.Instant) throws(LaneRefusal) -> [LaneAction]
    ) throws(Wire.Status) {
        do throws(LaneRefusal) {
            try perform(notesCustomer: notesCustomer, rule)
        } catch {
            throw Wire.Status(error, lane: lane.name, till: lane.lease.owner?.name)
        }
    }

    func scanned(_ scan: LaneScan) {
        let tillIsBehind = watchers.contains { $0.till != nil && !$0.takes(scan.sequence) }
        perform { $0.scanned(scan, tillIsBehind: tillIsBehind, now: $1) }
        if isUnjournaled == scan.journaled {
            isUnjournaled = !scan.journaled
            publishState()
        }
        for watcher in watchers where watcher.sentSequence < lane.lastSequence { pump(watcher) }
        beginFollowUp(scan)
    }

    /// Nothing is decided any more of this scan and those before it.
    func decided(_ sequence: UInt64) {
        decidedSequence = max(decidedSequence, min(sequence, lane.lastSequence))
    }

    /// The last scan before the first of which nothing was decided. What a till has acknowledged is not looked at.
    private static func lastDecided(lane: String, last: UInt64, in surroundings: Surroundings) -> UInt64 {
        let lookBack = UInt64(surroundings.limits.lookBackScansMax)
        var after = max(surroundings.journal.acknowledged(lane: lane), last > lookBack ? last - lookBack : 0)
        do {
            while after < last {
                let page = try surroundings.journal.scans(
                    lane: lane, after: after, limit: surroundings.limits.replayPageScans)
                guard let end = page.last?.sequence else { return last }
                let first = page.first { $0.attachment == Attachment.undecided.rawValue && !$0.expired }
                if let first { return first.sequence - 1 }
                after = end
            }
        } catch {
            surroundings.logger.error(
                "Earlier scans cannot be read; the lane goes on with new ones. Check the disk.",
                metadata: ["lane": "\(lane)", "cause": "\(error)"])
        }
        return last
    }

    // MARK: Actions

    private func carryOut(_ action: LaneAction) {
        switch action {
        case .deliver(let scan, let outcome, let audience):
            deliver(Wire.Scan(scan, outcome), to: audience)
        case .settle(let sequence, let outcome):
            decided(sequence)
            change.settlements[sequence] = Settlement(
                attachment: outcome.attachment.rawValue, expired: outcome.isExpired)
        case .remember:
            remember()
        case .publishState:
            publishState()
        case .show(let screen):
            show(screen)
        case .beep(let beep, let device):
            surroundings.registry.send(.beep(Feedback(beep)), to: device)
        case .arm(let armed):
            for scanner in scanners { surroundings.registry.send(armed ? .arm : .disarm, to: scanner) }
        case .letGo(let till):
            letGo(till)
        }
    }

    private func deliver(_ scan: Wire.Scan, to audience: LaneAudience) {
        let takers = watchers.filter { $0.takes(scan.sequence) && audience.includes($0) }
        guard !takers.isEmpty else { return }
        let message = PackedMessage(Wire.LaneEvent(event: .scan(scan)), isLast: false)
        for watcher in takers { watcher.send(scan: message, sequence: scan.sequence) }
        // The till waits for this. What else the scan leads to is work for the display, the scanner and the journal.
        for watcher in takers { watcher.sink.flush() }
    }

    func publishState() {
        guard !watchers.isEmpty else { return }
        let message = PackedMessage(Wire.LaneEvent(event: .lane(state)), isLast: false)
        for watcher in watchers {
            watcher.send(state: message)
            mind(watcher)
        }
    }

    // MARK: Time

    private func scheduleWake() {
        guard let deadline = lane.deadline else { return }
        if let wake, wake.at <= deadline { return }
        wake?.task.cancel()
        let delay = TimeAmount(ContinuousClock.now.duration(to: deadline))
        let task = surroundings.eventLoop.assumeIsolated().scheduleTask(in: delay) { [self] in woken() }
        wake = (deadline, task)
    }

    private func woken() {
        wake = nil
        perform { $0.elapse(now: $1) }
    }
}

extension LaneAudience {
    fileprivate func includes(_ watcher: LaneWatcher) -> Bool {
        switch self {
        case .everyone: true
        case .till: watcher.till != nil
        case .observers: watcher.till == nil
        }
    }
}
