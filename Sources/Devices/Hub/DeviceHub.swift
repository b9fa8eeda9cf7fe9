import Synchronization
package import USB

/// The devices of one bus: takes the scanners and displays, leaves everything else alone, and tells what happens.
package final class DeviceHub: Sendable {
    private struct State {
        var attached: [USBPath: AttachedDevice] = [:]
        var isTracing: Bool
        var isStopped = false
    }

    private let bus: any USBBus
    private let configuration: DeviceConfiguration
    private let limits: HubLimits
    private let asksRevision: Bool
    private let only: DeviceSelector?
    private let onEvent: @Sendable (DeviceEvent) -> Void
    private let state: Mutex<State>

    /// - Parameters:
    ///   - bus: not started yet. The hub starts and stops it.
    ///   - tracing: whether every report is told, with what it meant, and scanners are asked for their revision.
    ///   - only: the devices to take; what it does not match is not even looked at.
    ///   - onEvent: runs on the bus's thread and must be quick: scans wait for it.
    package init(
        bus: any USBBus, configuration: DeviceConfiguration, tracing: Bool = false, limits: HubLimits = .standard,
        only: DeviceSelector? = nil, onEvent: @escaping @Sendable (DeviceEvent) -> Void
    ) {
        self.bus = bus
        self.configuration = configuration
        self.limits = limits
        self.only = only
        asksRevision = tracing
        state = Mutex(State(isTracing: tracing))
        self.onEvent = onEvent
    }

    /// Begins to tell of devices: those that are there, then those that come.
    /// - Throws: ``USBError`` when the bus cannot be watched.
    package func start() throws {
        try bus.start { [weak self] event in
            switch event {
            case .arrived(let device): self?.arrived(device)
            case .left(let device): self?.left(device)
            }
        }
    }

    /// Asks a device for something. Any thread; it never waits. A command that no device can follow is dropped: whoever
    /// owns a display's text shows it when the display is ready.
    package func send(_ command: DeviceCommand, to path: USBPath) {
        bus.thread.execute { [weak self] in self?.perform(command, at: path) }
    }

    /// Tells a device something. Any thread; it never waits.
    /// - Parameter ended: called once, on the bus's thread; not at all when the hub was stopped.
    package func order(
        _ order: DeviceOrder, to path: USBPath, ended: @escaping @Sendable (DeviceOrderEnd) -> Void
    ) {
        let isPosted = bus.thread.execute { [weak self] in
            guard let attached = self?.state.withLock({ $0.attached[path] }) else { return ended(.absent) }
            attached.assumeIsolated { $0.carryOut(order, ended: ended) }
        }
        if !isPosted { ended(.absent) }
    }

    /// Begins or ends to tell of every report. Any thread; it never waits.
    package func trace(_ isTracing: Bool) {
        bus.thread.execute { [weak self] in
            guard let self else { return }
            let attached = state.withLock { state in
                state.isTracing = isTracing
                return Array(state.attached.values)
            }
            for device in attached { device.assumeIsolated { $0.isTracing = isTracing } }
        }
    }

    /// Gives every device and kernel driver back, ends the bus and its thread, and returns when that is done. Not to be
    /// called on the bus's thread.
    package func stop() {
        release()
        bus.stop()
    }

    /// Closes every device and takes none any more, without ending the bus: the first half of ``stop()``, for hubs whose
    /// buses share a thread, which the first bus to stop ends. Any thread; it does not wait.
    package func release() {
        let isFirst = state.withLock { state in
            defer { state.isStopped = true }
            return !state.isStopped
        }
        guard isFirst else { return }
        bus.thread.execute { [self] in
            let attached = state.withLock { state in
                defer { state.attached = [:] }
                return Array(state.attached.values)
            }
            for device in attached { device.assumeIsolated { $0.leave() } }
        }
    }

    private func arrived(_ device: USBDevice) {
        guard only?.matches(device) ?? true else { return }
        let attached = state.withLock { state -> AttachedDevice? in
            guard !state.isStopped else { return nil }
            let attached = AttachedDevice(
                device, bus: bus, configuration: configuration, limits: limits,
                isTracing: state.isTracing, asksRevision: asksRevision, onEvent: onEvent)
            state.attached.updateValue(attached, forKey: device.path)?.assumeIsolated { $0.leave() }
            return attached
        }
        attached?.assumeIsolated { $0.arrive() }
    }

    private func left(_ device: USBDevice) {
        let attached = state.withLock { state -> AttachedDevice? in
            guard state.attached[device.path]?.device.plug == device.plug else { return nil }
            return state.attached.removeValue(forKey: device.path)
        }
        guard let attached else { return }
        let info = attached.assumeIsolated { attached in
            attached.leave()
            return attached.info
        }
        onEvent(.left(info))
    }

    private func perform(_ command: DeviceCommand, at path: USBPath) {
        let attached = state.withLock { $0.attached[path] }
        attached?.assumeIsolated { $0.perform(command) }
    }
}
