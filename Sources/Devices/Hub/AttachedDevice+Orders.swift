import USB

extension AttachedDevice {
    /// Who waits for the end of an order, and for which.
    struct OrderCaller {
        let order: DeviceOrder
        let ended: @Sendable (DeviceOrderEnd) -> Void
    }

    /// Tells the device something.
    /// - Parameter ended: called once, on the bus's thread.
    func carryOut(_ order: DeviceOrder, ended: @escaping @Sendable (DeviceOrderEnd) -> Void) {
        guard info.state == .ready, orderCallers.count < limits.orderCallersMax else { return ended(.absent) }
        switch order {
        case .tell(let signal):
            guard usableSignals.contains(signal) else { return ended(.impossible) }
            // A lane that wants nothing read is stronger than whoever tries its scanner out.
            guard signal != .allowRead || orders.isArmed else {
                perform(.tell(signal))
                return ended(.superseded)
            }
            if let opposite = signal.opposite { endOrders(.tell(opposite), .superseded) }
            orderCallers.append(OrderCaller(order: order, ended: ended))
            perform(.tell(signal))
        case .show(let screen):
            guard display != nil, screen.lacking(info.displayAbilities).isEmpty else { return ended(.impossible) }
            endShows(.superseded)
            orderCallers.append(OrderCaller(order: order, ended: ended))
            perform(.show(screen))
        }
    }

    /// What the device can be told while customers scan: no question whose answer may be taken for a label, or a label for it.
    var usableSignals: [ScannerSignal] {
        let isSafe = asksRevision || lines.allSatisfy { $0.dialect?.answersLookLikeLabels != true }
        return orders.signals.filter { $0 != .askRevision || isSafe }
    }

    /// Tells those who wait for the end of an order.
    func endOrders(_ order: DeviceOrder, _ end: DeviceOrderEnd) {
        let waiting = orderCallers.filter { $0.order == order }
        orderCallers.removeAll { $0.order == order }
        for caller in waiting { caller.ended(end) }
    }

    /// Tells those who wait for what the display shows.
    func endShows(_ end: DeviceOrderEnd) {
        let isShow: (OrderCaller) -> Bool = { if case .show = $0.order { true } else { false } }
        let waiting = orderCallers.filter(isShow)
        orderCallers.removeAll(where: isShow)
        for caller in waiting { caller.ended(end) }
    }

    /// Nothing that was ordered will be done any more.
    func dropOrders() {
        let waiting = orderCallers
        orderCallers = []
        for caller in waiting { caller.ended(.absent) }
    }
}
