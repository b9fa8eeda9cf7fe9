import Devices
import Journal
import USB
import Wire

extension LaneHost {
    /// Port paths of the lane's scanners that are ready.
    var scanners: [String] {
        surroundings.registry.entries(of: lane.name, role: .scanner).map { $0.info.device.path.description }
    }

    /// Why no scanner of the lane reads a QR code from a telephone, in sentences; `nil` when one does, or when it is not known of
    /// one.
    var whyNoPhoneCode: String? {
        let entries = surroundings.registry.entries(of: lane.name, role: .scanner)
        let reasons = entries.compactMap { entry in
            entry.info.capabilities.whyNoPhoneCode.map { "The scanner at \(entry.info.device.path) \($0)." }
        }
        guard !entries.isEmpty, reasons.count == entries.count else { return nil }
        return
            (reasons + ["Ask for the phone number or the card, or use a scanner with a camera in lane \(lane.name)."])
            .joined(separator: " ")
    }

    /// Port path of the lane's display.
    var display: String? {
        surroundings.registry.entries(of: lane.name, role: .display).first?.info.device.path.description
    }

    /// A device of the lane came, went or changed: a new display gets its text, a new scanner its orders.
    func deviceChanged(_ info: DeviceInfo) {
        if info.state == .ready, info.serves(.display) {
            surroundings.registry.send(.show(lane.screen), to: info.device.path.description)
        }
        if info.state == .ready, info.role == .scanner, !lane.isArmed {
            surroundings.registry.send(.disarm, to: info.device.path.description)
        }
        publishState()
    }

    /// Writes the lane's text to its display again, after somebody wrote something else.
    func redraw() {
        show(lane.screen)
    }

    func show(_ screen: DisplayScreen) {
        if let display { surroundings.registry.send(.show(screen), to: display) }
    }

    private var displayInfo: DeviceInfo? {
        surroundings.registry.entries(of: lane.name, role: .display).first?.info
    }

    /// A screen as the lane's display shows it at first: cut, and in characters it has.
    func fitted(_ screen: DisplayScreen) -> [String] {
        let info = displayInfo
        var model = DisplayModel(size: info?.displaySize ?? .standard, pages: info?.displayPages ?? [])
        _ = model.show(screen, now: .now)
        return model.lines
    }

    /// What of a screen the lane's display cannot.
    func lacking(_ screen: DisplayScreen) -> [DisplayAbility] {
        screen.lacking(displayInfo?.displayAbilities ?? [])
    }

    private var shownBasket: Wire.Basket {
        var basket = Wire.Basket(lane.basket)
        basket.customer = lane.basket?.customer.map(Wire.Customer.init(inEvent:))
        return basket
    }

    /// What the customer sees: the lane's text as its display writes it.
    private var shownLines: [String] {
        guard display != nil else { return lane.screen.lines }
        return fitted(lane.screen).map { line in
            String(line[..<(line.lastIndex { $0 != " " }.map(line.index(after:)) ?? line.startIndex)])
        }
    }

    /// The lane as it stands.
    var state: Wire.Lane {
        Wire.Lane(
            name: lane.name, basket: shownBasket, scanners: scanners, display: display ?? "",
            displayLines: shownLines, armed: lane.isArmed, epoch: surroundings.journal.epoch,
            lastSequence: lane.lastSequence, unjournaled: isUnjournaled,
            held: lane.held.map { Wire.Customer(inEvent: $0.customer) }, till: lane.lease.owner?.name ?? "",
            tillAwayMs: tillAwayMilliseconds)
    }

    private var tillAwayMilliseconds: UInt32 {
        guard let until = lane.lease.deadline else { return 0 }
        return UInt32(clamping: max(1, Int64(ContinuousClock.now.duration(to: until) / .milliseconds(1))))
    }
}
