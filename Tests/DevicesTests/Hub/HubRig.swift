import USB

@testable import Devices

/// A hub on a virtual bus, and everything it told.
final class HubRig: Sendable {
    let bus: VirtualBus
    let hub: DeviceHub
    let events = Record<DeviceEvent>()

    init(
        _ configuration: DeviceConfiguration = DeviceConfiguration(), tracing: Bool = false, limits: HubLimits = .brisk
    ) throws {
        bus = VirtualBus(thread: try USBEventThread())
        hub = DeviceHub(bus: bus, configuration: configuration, tracing: tracing, limits: limits) {
            [events] in events.add($0)
        }
        try hub.start()
    }

    func stop() {
        hub.stop()
    }

    /// Waits until the bus's thread has done what it was asked for: what a device sends may overtake an order.
    func turn() async {
        await withCheckedContinuation { done in
            if !bus.thread.execute({ done.resume() }) { done.resume() }
        }
    }

    /// Waits for a device to get into a state.
    @discardableResult
    func info(of plug: VirtualPlug, _ state: DeviceState) async -> DeviceInfo? {
        await events.wait { events in events.contains { $0.info?.isThe(plug, state) == true } }
        return events.elements.compactMap(\.info).last { $0.isThe(plug, state) }
    }

    func scans(_ count: Int) async -> [DeviceScan] {
        await events.wait { $0.count { $0.scan != nil } >= count }
        return events.elements.compactMap(\.scan)
    }

    /// Waits until the bus's thread has done what was asked of it so far.
    func settle() async {
        for _ in 0..<4 {
            await withCheckedContinuation { caller in
                _ = bus.thread.execute { caller.resume() }
            }
        }
    }

    func hasLeft(_ plug: VirtualPlug) async {
        await events.wait { events in
            events.contains { if case .left(let info) = $0 { info.device.plug == plug.device.plug } else { false } }
        }
    }
}

extension HubLimits {
    /// Limits whose waits cost a test nothing.
    static var brisk: HubLimits {
        var limits = HubLimits()
        limits.openWait = .microseconds(10)
        limits.driverWait = .microseconds(10)
        limits.errorWait = .microseconds(10)
        limits.displayWait = .microseconds(10)
        limits.reopenWait = .seconds(3600)
        return limits
    }
}

extension DeviceInfo {
    fileprivate func isThe(_ plug: VirtualPlug, _ state: DeviceState) -> Bool {
        device.plug == plug.device.plug && self.state == state
    }
}

extension DeviceEvent {
    var info: DeviceInfo? {
        if case .changed(let info) = self { info } else { nil }
    }

    var scan: DeviceScan? {
        if case .scan(let scan) = self { scan } else { nil }
    }

    var report: DeviceReport? {
        if case .report(let report) = self { report } else { nil }
    }

    var problem: String? {
        if case .problem(_, let sentence) = self { sentence } else { nil }
    }
}

extension DeviceScan {
    var text: String { String(decoding: label.data, as: UTF8.self) }
}
