import Customers
import Devices
import Journal

/// The rules of a lane: who is in the open basket, who waits for one, which till holds the lane, what the display says.
///
/// A value that takes events and a time and returns actions; it knows no clock, device, socket or file.
struct Lane: Sendable {
    let name: String
    let limits: LaneLimits
    let text: DisplayText
    /// Whether a system outside is asked whose a pending code is.
    let asksOutside: Bool

    private(set) var basket: OpenBasket?
    private(set) var held: HeldCustomer?
    private(set) var lease: LaneLease
    private(set) var isArmed: Bool
    let arming: EdgeConfiguration.Arming
    /// Until when a lane that was armed on request reads.
    private var armedUntil: ContinuousClock.Instant?
    /// When the customer is asked for a brighter screen, if nothing is read before.
    private var brightnessAt: ContinuousClock.Instant?
    /// The number of the last scan this lane has seen, taken or not.
    private(set) var lastSequence: UInt64
    private var display: LaneDisplay

    init(
        name: String, lastSequence: UInt64, text: DisplayText, arming: EdgeConfiguration.Arming = .always,
        limits: LaneLimits = LaneLimits(), asksOutside: Bool = false
    ) {
        self.asksOutside = asksOutside
        self.arming = arming
        isArmed = arming == .always
        self.name = name
        self.lastSequence = lastSequence
        self.text = text
        self.limits = limits
        self.lease = LaneLease(time: limits.leaseTime)
        self.display = LaneDisplay(resting: text.idle)
    }

    /// The till that gets the lane's scans.
    var till: LaneTill? { lease.till }
    var screen: DisplayScreen { display.screen }

    /// When ``elapse(now:)`` next has something to do.
    var deadline: ContinuousClock.Instant? {
        [held?.until, lease.deadline, display.deadline, brightnessAt, armedUntil].compactMap { $0 }.min()
    }

    // MARK: Scans

    /// A scan happened in the lane. Without a till nothing is decided yet: the scan waits in the journal.
    /// - Parameter tillIsBehind: the till has not taken all earlier scans yet, so this one waits for its turn as well.
    mutating func scanned(
        _ scan: LaneScan, tillIsBehind: Bool = false, now: ContinuousClock.Instant
    ) -> [LaneAction] {
        step(now) { lane in
            lane.lastSequence = max(lane.lastSequence, scan.sequence)
            lane.brightnessAt = nil
            guard lane.till != nil, !tillIsBehind else {
                lane.display.pass(lane.text.oneMoment, until: now + lane.limits.noteTime)
                return [
                    .deliver(scan, .undecided, to: .observers),
                    .beep(Self.firstBeep(scan), device: scan.entry.device),
                ]
            }
            return lane.take(scan, to: .everyone, now: now) + lane.disarmAfter(scan)
        }
    }

    /// A lane that is armed on request reads until a customer was recognised.
    private mutating func disarmAfter(_ scan: LaneScan) -> [LaneAction] {
        guard case .customer = scan.answer.resolution else { return [] }
        return disarm()
    }

    /// A customer was recognised, so a lane that is armed on request reads no further.
    mutating func disarm() -> [LaneAction] {
        guard arming == .onRequest, isArmed else { return [] }
        (isArmed, armedUntil) = (false, nil)
        return [.arm(false)]
    }

    /// Shows a text for a while.
    mutating func pass(_ screen: DisplayScreen, now: ContinuousClock.Instant) {
        display.pass(screen, until: now + limits.noteTime)
    }

    /// A till takes a scan that was made while no till held the lane.
    mutating func replayed(_ scan: LaneScan, now: ContinuousClock.Instant) -> [LaneAction] {
        step(now) { $0.take(scan, to: .till, now: now) }
    }

    private mutating func take(
        _ scan: LaneScan, to audience: LaneAudience, now: ContinuousClock.Instant
    ) -> [LaneAction] {
        guard now < scan.takenBefore else {
            return [.settle(sequence: scan.sequence, .expired), .deliver(scan, .expired, to: audience)]
        }
        let (outcome, beep) = decide(scan, now: now)
        let deliver = LaneAction.deliver(scan, outcome, to: audience)
        let settle = LaneAction.settle(sequence: scan.sequence, outcome)
        // A scan that waited for its till has had its beep when it was made.
        guard case .everyone = audience else { return [deliver, settle] }
        return [deliver, .beep(beep, device: scan.entry.device), settle]
    }

    /// The beep of a scan of which nothing is decided yet.
    private static func firstBeep(_ scan: LaneScan) -> LaneBeep {
        switch scan.answer.resolution {
        case .paymentCard: .error
        case .unknown: .notOnFile
        case .customer, .ambiguous, .product, .pending: .goodRead
        }
    }

    private mutating func decide(_ scan: LaneScan, now: ContinuousClock.Instant) -> (ScanOutcome, LaneBeep) {
        let nobody = ScanOutcome(attachment: .none)
        let noteUntil = now + limits.noteTime
        switch scan.answer.resolution {
        case .customer(let customer, _):
            return (attach(customer, heldUntil: scan.takenBefore, now: now), .goodRead)
        case .product:
            return (nobody, .goodRead)
        case .ambiguous:
            display.pass(text.oneMoment, until: noteUntil)
            return (nobody, .goodRead)
        case .pending:
            display.pass(asksOutside ? text.oneMoment : text.askPhone, until: noteUntil)
            return (nobody, .goodRead)
        case .unknown:
            display.pass(text.unknownCode, until: noteUntil)
            return (nobody, .notOnFile)
        case .paymentCard:
            display.pass(text.paymentCard, until: noteUntil)
            return (nobody, .error)
        }
    }

    mutating func attach(
        _ customer: Customer, heldUntil: ContinuousClock.Instant, now: ContinuousClock.Instant
    ) -> ScanOutcome {
        guard let present = basket else {
            let replaced = held.flatMap { $0.customer.id == customer.id ? nil : $0.customer }
            held = HeldCustomer(customer: customer, until: heldUntil)
            display.rest(text.greeting(customer))
            return ScanOutcome(attachment: replaced == nil ? .held : .heldInstead, replaced: replaced)
        }
        guard let other = present.customer else {
            put(customer)
            return ScanOutcome(attachment: .attached)
        }
        if other.id == customer.id {
            // Whatever the display said in between, the customer sees the greeting again.
            display.rest(text.greeting(customer))
            return ScanOutcome(attachment: .already)
        }
        display.pass(text.oneMoment, until: now + limits.noteTime)
        return ScanOutcome(attachment: .confirmReplace)
    }

    private mutating func put(_ customer: Customer?) {
        if customer != nil { brightnessAt = nil }
        basket?.customer = customer
        display.rest(customer.map(text.greeting) ?? text.idle)
    }

    // MARK: Baskets

    /// Opens a basket, and puts the waiting customer into it. The basket that is open already is no error.
    /// - Parameter order: the number of the order that a system outside has open for it; empty for none, or the one that is known.
    /// - Throws: ``LaneRefusal/basketOpen`` when it is another one.
    mutating func openBasket(
        _ number: String, order: String = "", now: ContinuousClock.Instant
    ) throws(LaneRefusal) -> [LaneAction] {
        if let basket {
            guard basket.number == number else { throw .basketOpen }
            guard !order.isEmpty, order != basket.order else { return [] }
            return step(now) { lane in
                lane.basket?.order = order
                return []
            }
        }
        return step(now) { lane in
            lane.basket = OpenBasket(number: number, customer: nil, order: order)
            if let held = lane.held { lane.put(held.customer) }
            lane.held = nil
            // Nobody arms a lane that is always armed: there the customer is asked for a code when the basket opens.
            if lane.isArmed, lane.basket?.customer == nil { lane.brightnessAt = now + lane.limits.brightnessTime }
            return []
        }
    }

    /// Puts a customer into the open basket, in the place of another only when `replace` says so.
    mutating func attachCustomer(
        _ customer: Customer, to number: String, replace: Bool, now: ContinuousClock.Instant
    ) throws(LaneRefusal) -> [LaneAction] {
        guard let basket, basket.number == number else { throw .basketUnknown }
        if let present = basket.customer, present.id != customer.id, !replace { throw .customerPresent }
        return step(now) { lane in
            lane.put(customer)
            return []
        }
    }

    mutating func detachCustomer(
        from number: String, now: ContinuousClock.Instant
    ) throws(LaneRefusal) -> [LaneAction] {
        guard let basket, basket.number == number else { throw .basketUnknown }
        return step(now) { lane in
            lane.put(nil)
            return []
        }
    }

    /// - Parameter isPaid: whether the customer is thanked.
    mutating func closeBasket(
        _ number: String, isPaid: Bool, now: ContinuousClock.Instant
    ) throws(LaneRefusal) -> [LaneAction] {
        guard let basket, basket.number == number else { throw .basketUnknown }
        return step(now) { lane in
            lane.basket = nil
            lane.brightnessAt = nil
            lane.display.rest(lane.text.idle)
            if isPaid, let customer = basket.customer {
                lane.display.pass(lane.text.thanks(customer), until: now + lane.limits.noteTime)
            }
            return []
        }
    }

    /// Customers were erased: none of them is in the basket any more, or waits for one.
    mutating func forget(_ customers: Set<String>, now: ContinuousClock.Instant) -> [LaneAction] {
        step(now) { lane in
            if let customer = lane.basket?.customer, customers.contains(customer.id) { lane.put(nil) }
            if let waiting = lane.held, customers.contains(waiting.customer.id) {
                lane.held = nil
                lane.display.rest(lane.text.idle)
            }
            return []
        }
    }

    /// Customers go on as others: whoever is in the basket, or waits for one, stays there as that one.
    /// - Parameter successors: the others, by the ids that are no more.
    mutating func follow(_ successors: [String: Customer], now: ContinuousClock.Instant) -> [LaneAction] {
        step(now) { lane in
            if let present = lane.basket?.customer, let successor = successors[present.id] { lane.put(successor) }
            if let waiting = lane.held, let successor = successors[waiting.customer.id] {
                lane.held = HeldCustomer(customer: successor, until: waiting.until)
            }
            return []
        }
    }

    /// The local copy knows something newer of the customer in the basket.
    mutating func customerChanged(_ customer: Customer, now: ContinuousClock.Instant) -> [LaneAction] {
        guard let present = basket?.customer, present.id == customer.id, present != customer else { return [] }
        return step(now) { lane in
            lane.put(customer)
            return []
        }
    }

    // MARK: The till, the scanner, the display

    /// A till wants the lane's scans.
    /// - Throws: ``LaneRefusal/held(for:)`` when another till has them, or the lane is kept for it, and this one does not
    ///   take over.
    mutating func take(
        by newTill: LaneTill, takeOver: Bool, now: ContinuousClock.Instant
    ) throws(LaneRefusal) -> [LaneAction] {
        var lease = lease
        let previous = try lease.take(by: newTill, takeOver: takeOver, now: now)
        return step(now) { lane in
            lane.lease = lease
            return previous.map { [.letGo($0)] } ?? []
        }
    }

    /// A till let the lane go.
    mutating func left(_ leaving: LaneTill, now: ContinuousClock.Instant) -> [LaneAction] {
        step(now) { lane in
            lane.lease.left(leaving)
            return []
        }
    }

    /// A till's connection was lost.
    /// - Parameter time: how long ago the till was heard last, when nobody saw its connection end.
    mutating func lost(
        _ missing: LaneTill, for time: Duration = .zero, now: ContinuousClock.Instant
    ) -> [LaneAction] {
        step(now) { lane in
            lane.lease.lost(missing, now: now - time)
            lane.lease.elapse(now: now)
            return []
        }
    }

    mutating func arm(_ armed: Bool, now: ContinuousClock.Instant) -> [LaneAction] {
        step(now) { lane in
            lane.isArmed = armed
            lane.armedUntil = armed && lane.arming == .onRequest ? now + lane.limits.armTime : nil
            lane.brightnessAt = nil
            if armed, lane.basket?.customer == nil, lane.held == nil {
                lane.display.rest(lane.text.ready)
                lane.brightnessAt = now + lane.limits.brightnessTime
            } else if !armed {
                lane.restUnarmed()
            }
            return [.arm(armed)]
        }
    }

    private mutating func restUnarmed() {
        if display.resting == text.ready { display.rest(text.idle) }
    }

    mutating func show(
        _ screen: DisplayScreen, for time: Duration, now: ContinuousClock.Instant
    ) -> [LaneAction] {
        step(now) { lane in
            lane.display.pass(screen, until: now + min(time, lane.limits.showTimeMax))
            return []
        }
    }

    /// Time passed: a held customer is let go, a passing text makes room, a scanner that was armed in vain reads no further.
    mutating func elapse(now: ContinuousClock.Instant) -> [LaneAction] {
        step(now) { lane in
            lane.display.elapse(to: now)
            if let due = lane.brightnessAt, due <= now {
                lane.brightnessAt = nil
                lane.display.pass(lane.text.brightness, until: now + lane.limits.noteTime)
            }
            guard let until = lane.armedUntil, until <= now else { return [] }
            lane.restUnarmed()
            return lane.disarm()
        }
    }

    private mutating func release(now: ContinuousClock.Instant) {
        lease.elapse(now: now)
        guard let held, held.until <= now else { return }
        self.held = nil
        display.rest(text.idle)
    }

    // MARK: Restarts

    var lasting: Lasting { Lasting(basket: basket, held: held, owner: lease.owner, isArmed: isArmed) }

    /// Goes on from where a lane stood before a restart.
    mutating func restore(_ lasting: Lasting, now: ContinuousClock.Instant) {
        basket = lasting.basket
        held = lasting.held
        isArmed = lasting.isArmed
        armedUntil = isArmed && arming == .onRequest ? now + limits.armTime : nil
        if let owner = lasting.owner { lease.restore(owner, now: now) }
        if let customer = basket?.customer ?? held?.customer { display.rest(text.greeting(customer)) }
        release(now: now)
    }

    // MARK: Steps

    private struct Snapshot: Equatable {
        let lasting: Lasting
        let lease: LaneLease.Holder
        let screen: DisplayScreen
    }

    private var snapshot: Snapshot {
        Snapshot(lasting: lasting, lease: lease.holder, screen: screen)
    }

    /// Carries one event out, and adds what follows from every change: the display is written, the state published.
    mutating func step(
        _ now: ContinuousClock.Instant, _ event: (inout Lane) -> [LaneAction]
    ) -> [LaneAction] {
        let before = snapshot
        release(now: now)
        var actions = event(&self)
        let after = snapshot
        if before.screen != after.screen { actions.append(.show(after.screen)) }
        if before.lasting != after.lasting { actions.append(.remember) }
        if before != after { actions.append(.publishState) }
        return actions
    }
}
