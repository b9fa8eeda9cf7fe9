import Devices
import Journal
import USB
import Wire

extension LaneHost {
    /// Port paths of the lane's scanners that are ready.
    var scanners: [String] {
        surroundings.registry.entries(of: lane.name, role: .scanner).map { $0.info.device.path.description }
    }

    /// Port path of the lane's display.
    var display: String? {
        surroundings.registry.entries(of: lane.name, role: .display).first?.info.device.path.description
    }

    /// A device of the lane came, went or changed: a new display gets its text, a new scanner its orders.
    func deviceChanged(_ info: DeviceInfo) {
        if info.state == .ready, info.role == .display {
            surroundings.registry.send(.show(lane.displayLines), to: info.device.path.description)
        }
        if info.state == .ready, info.role == .scanner, !lane.isArmed {
            surroundings.registry.send(.disarm, to: info.device.path.description)
        }
        publishState()
    }

    func show(_ lines: [String]) {
        if let display { surroundings.registry.send(.show(lines), to: display) }
    }

    /// Lines as the lane's display shows them: cut, and in characters it has.
    func fitted(_ lines: [String]) -> [String] {
        let size = surroundings.registry.entries(of: lane.name, role: .display).first?.info.displaySize
        var model = DisplayModel(size: size ?? .standard)
        _ = model.show(lines)
        return model.lines
    }

    private var shownBasket: Wire.Basket {
        var basket = Wire.Basket(lane.basket)
        basket.customer = lane.basket?.customer.map(Wire.Customer.init(inEvent:))
        return basket
    }

    /// What the customer sees: the lane's text as its display writes it.
    private var shownLines: [String] {
        guard display != nil else { return lane.displayLines }
        return fitted(lane.displayLines).map { line in
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
