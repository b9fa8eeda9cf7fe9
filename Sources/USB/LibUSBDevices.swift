import Synchronization

/// The devices that are there and the ports that are open. It lives on the event thread.
final class LibUSBDevices {
    static let startedTwice = USBError(
        .unsupported, "A bus starts only once, and this one did or was stopped. Make another.")

    private static let lastPlug = Atomic<UInt64>(0)

    private struct Presence {
        let libusb: LibUSBDevice
        let device: USBDevice
    }

    private let thread: USBEventThread
    private let census: USBCensus
    private let roll: LibUSBRoll
    private var hotplug: LibUSBHotplug?
    private var handler: (@Sendable (USBBusEvent) -> Void)?
    private var isStopped = false
    /// Called when the last port is closed.
    private var onClosed: [@Sendable () -> Void] = []
    /// By libusb's record, which stays the same from arrival to departure.
    private var present: [OpaquePointer: Presence] = [:]
    private var ports: [ObjectIdentifier: LibUSBPort] = [:]

    init(thread: USBEventThread, census: USBCensus, roll: LibUSBRoll) {
        self.thread = thread
        self.census = census
        self.roll = roll
    }

    /// - Parameter bound: this object, as other threads may hold it.
    func start(
        _ bound: ThreadBound<LibUSBDevices>, _ handler: @escaping @Sendable (USBBusEvent) -> Void
    ) throws(USBError) {
        guard !isStopped, hotplug == nil else { throw Self.startedTwice }
        hotplug = try LibUSBHotplug(thread: thread) { bound.value.changed($0) }
        self.handler = handler
    }

    func open(_ device: USBDevice) throws(USBError) -> LibUSBPort {
        guard let presence = present.values.first(where: { $0.device.plug == device.plug }) else {
            throw USBError(.gone, device: device, action: "be opened")
        }
        let port = try LibUSBPort(
            presence.libusb, as: presence.device, roll: roll, thread: thread, census: census
        ) { [weak self] in self?.closed($0) }
        ports[ObjectIdentifier(port)] = port
        return port
    }

    /// Tells of nothing any more and closes every port.
    /// - Parameter onClosed: called when the last one is closed.
    func stop(_ onClosed: @escaping @Sendable () -> Void) {
        isStopped = true
        hotplug?.stop()
        hotplug = nil
        handler = nil
        for port in Array(ports.values) { port.close() }
        present = [:]
        self.onClosed.append(onClosed)
        tellWhenClosed()
    }

    /// Closes the ports whose transfers do not end.
    func closeNow() {
        for port in Array(ports.values) { port.closeNow() }
    }

    private func changed(_ event: LibUSBHotplug.Event) {
        guard !isStopped else { return }
        switch event {
        case .arrived(let device): arrived(device)
        case .left(let device): left(device)
        }
    }

    private func arrived(_ libusb: LibUSBDevice) {
        // A device that arrives during the first enumeration is told of twice.
        guard present[libusb.pointer] == nil else { return }
        let plug = Self.lastPlug.wrappingAdd(1, ordering: .relaxed).newValue
        guard let device = libusb.read(plug: plug) else { return }
        present[libusb.pointer] = Presence(libusb: libusb, device: device)
        roll.arrived(plug)
        handler?(.arrived(device))
    }

    private func left(_ libusb: LibUSBDevice) {
        guard let presence = present.removeValue(forKey: libusb.pointer) else { return }
        roll.left(presence.device.plug)
        for port in Array(ports.values) where port.device.plug == presence.device.plug { port.deviceLeft() }
        handler?(.left(presence.device))
    }

    private func closed(_ port: LibUSBPort) {
        ports[ObjectIdentifier(port)] = nil
        tellWhenClosed()
    }

    private func tellWhenClosed() {
        guard isStopped, ports.isEmpty else { return }
        let waiting = onClosed
        onClosed = []
        for tell in waiting { tell() }
    }
}
