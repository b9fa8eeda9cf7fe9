import Dispatch
import Synchronization

/// The devices that are there and the ports that are open. It lives on the event thread.
///
/// Neither reading a device's facts nor opening it happens on that thread: the kernel lets nobody near a device that it works
/// with itself, and one that does not answer it would hold up every other.
final class LibUSBDevices {
    static let startedTwice = USBError(
        .unsupported, "A bus starts only once, and this one did or was stopped. Make another.")

    private static let lastPlug = Atomic<UInt64>(0)

    private struct Presence: Sendable {
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
    /// Called when every device that arrived was told of or passed by.
    private var onQuiet: [@Sendable () -> Void] = []
    /// By libusb's record, which stays the same from arrival to departure.
    private var present: [OpaquePointer: Presence] = [:]
    private var arriving = ArrivalQueue<OpaquePointer, Presence>()
    private var ports: [ObjectIdentifier: LibUSBPort] = [:]
    private var openings = PortOpenings()
    /// What was opened and is not used yet, by its arrival.
    private var prepared: [UInt64: LibUSBPort] = [:]
    /// Where the kernel is waited for.
    private let aside = DispatchQueue(label: "countertop.usb.aside", attributes: .concurrent)

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

    /// Calls back when every device that arrived so far was told of, or was not set up in time.
    func whenQuiet(_ call: @escaping @Sendable () -> Void) {
        onQuiet.append(call)
        tellWhenQuiet()
    }

    /// Tells of nothing any more and closes every port.
    /// - Parameter onClosed: called when the last one is closed.
    func stop(_ onClosed: @escaping @Sendable () -> Void) {
        isStopped = true
        hotplug?.stop()
        hotplug = nil
        handler = nil
        prepared = [:]
        for port in Array(ports.values) { port.close() }
        present = [:]
        arriving = ArrivalQueue()
        tellWhenQuiet()
        for completion in openings.stop() { completion(Self.stopped) }
        self.onClosed.append(onClosed)
        tellWhenClosed()
    }

    /// Closes the ports whose transfers do not end.
    func closeNow() {
        for port in Array(ports.values) { port.closeNow() }
    }

    private static let stopped = USBError(.gone, "The bus was stopped, so no device is opened any more.")

    private func tellWhenQuiet() {
        guard arriving.isQuiet else { return }
        for call in onQuiet { call() }
        onQuiet = []
    }

    private func tellWhenClosed() {
        guard isStopped, ports.isEmpty, !openings.isAnyUnderWay else { return }
        let waiting = onClosed
        onClosed = []
        for tell in waiting { tell() }
    }
}

// MARK: Arrivals and departures

extension LibUSBDevices {
    private func changed(_ event: LibUSBHotplug.Event) {
        guard !isStopped else { return }
        switch event {
        case .arrived(let device): arrived(device)
        case .left(let device): left(device)
        }
    }

    private func arrived(_ libusb: LibUSBDevice) {
        // A device that arrives during the first enumeration is told of twice.
        guard present[libusb.pointer] == nil, !arriving.contains(libusb.pointer) else { return }
        let plug = Self.lastPlug.wrappingAdd(1, ordering: .relaxed).newValue
        arriving.begin(libusb.pointer)
        let bound = ThreadBound(self, to: thread)
        aside.async { [thread] in
            let facts = libusb.read(plug: plug).map { Presence(libusb: libusb, device: $0) }
            thread.executeUnbounded { bound.value.tell { $0.finish(libusb.pointer, facts) } }
        }
        let timer = thread.schedule(after: USBLimits.arrivalPatience) {
            bound.value.tell { $0.passBy(libusb.pointer) }
        }
        if timer == nil { tell { $0.passBy(libusb.pointer) } }
    }

    /// Tells of what has become ready to be told.
    private func tell(_ change: (inout ArrivalQueue<OpaquePointer, Presence>) -> [Presence]) {
        for presence in change(&arriving) where !isStopped {
            present[presence.libusb.pointer] = presence
            roll.arrived(presence.device.plug)
            handler?(.arrived(presence.device))
        }
        tellWhenQuiet()
    }

    private func left(_ libusb: LibUSBDevice) {
        tell { $0.drop(libusb.pointer) }
        guard let presence = present.removeValue(forKey: libusb.pointer) else { return }
        let plug = presence.device.plug
        roll.left(plug)
        prepared[plug] = nil
        let fault = USBError(.gone, device: presence.device, action: "be opened")
        for completion in openings.left(plug) { completion(fault) }
        for port in Array(ports.values) where port.device.plug == plug { port.deviceLeft() }
        handler?(.left(presence.device))
    }
}

// MARK: Opening

extension LibUSBDevices {
    /// - Parameter completion: called once, with why the device cannot be opened.
    func prepareToOpen(_ device: USBDevice, _ completion: @escaping @Sendable (USBError?) -> Void) {
        guard let presence = presence(of: device) else {
            return completion(USBError(.gone, device: device, action: "be opened"))
        }
        guard prepared[device.plug] == nil else { return completion(nil) }
        if openings.ask(device.plug, isClosing: isClosing(device), completion) { open(presence) }
    }

    func open(_ device: USBDevice) throws(USBError) -> LibUSBPort {
        guard let presence = presence(of: device) else { throw USBError(.gone, device: device, action: "be opened") }
        if let port = prepared.removeValue(forKey: device.plug) { return port }
        guard !isClosing(device) else { throw USBError(.busy, device: device, action: "be opened") }
        return makePort(try LibUSBHandle(opening: presence.libusb, as: presence.device), of: presence.device)
    }

    private func presence(of device: USBDevice) -> Presence? {
        present.values.first { $0.device.plug == device.plug }
    }

    /// Whether the kernel is still being given the device back.
    private func isClosing(_ device: USBDevice) -> Bool {
        ports.values.contains { $0.device.plug == device.plug && $0.isDropped }
    }

    private func open(_ presence: Presence) {
        let bound = ThreadBound(self, to: thread)
        aside.async { [thread] in
            let result = Result { () throws(USBError) in
                try LibUSBHandle(opening: presence.libusb, as: presence.device)
            }
            let isPosted = thread.executeUnbounded { bound.value.opened(presence.device, result) }
            if !isPosted, case .success(let handle) = result { handle.close() }
        }
    }

    private func opened(_ device: USBDevice, _ result: Result<LibUSBHandle, USBError>) {
        let completions = openings.ended(device.plug)
        var fault: USBError?
        switch result {
        case .success(let handle):
            if presence(of: device) == nil {
                handle.close()
                fault = isStopped ? Self.stopped : USBError(.gone, device: device, action: "be opened")
            } else {
                prepared[device.plug] = makePort(handle, of: device)
            }
        case .failure(let error): fault = error
        }
        for completion in completions { completion(fault) }
        tellWhenClosed()
    }

    private func makePort(_ handle: LibUSBHandle, of device: USBDevice) -> LibUSBPort {
        let port = LibUSBPort(handle, of: device, roll: roll, thread: thread, census: census) { [weak self] in
            self?.closed($0)
        }
        ports[ObjectIdentifier(port)] = port
        return port
    }

    private func closed(_ port: LibUSBPort) {
        ports[ObjectIdentifier(port)] = nil
        let plug = port.device.plug
        if !isClosing(port.device), openings.portClosed(plug) {
            if let presence = presence(of: port.device) {
                open(presence)
            } else {
                for completion in openings.ended(plug) { completion(Self.stopped) }
            }
        }
        tellWhenClosed()
    }
}
