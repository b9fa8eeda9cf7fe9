import Synchronization

/// A virtual device in its socket: the test's or simulation's hold on it. Every function may be called on any thread.
public final class VirtualPlug: Sendable {
    /// The device as the bus tells of it.
    public let device: USBDevice
    let behaviour: any VirtualBehaviour
    private let kernelDrivers: [UInt8: String]
    private let state = Mutex(VirtualPlugState())
    private let thread: USBEventThread
    private let census: USBCensus
    private let onUnplug: @Sendable (VirtualPlug) -> Void

    init(
        device: USBDevice, kernelDrivers: [UInt8: String], behaviour: any VirtualBehaviour, thread: USBEventThread,
        census: USBCensus, onUnplug: @escaping @Sendable (VirtualPlug) -> Void
    ) {
        self.device = device
        self.kernelDrivers = kernelDrivers
        self.behaviour = behaviour
        self.thread = thread
        self.census = census
        self.onUnplug = onUnplug
    }

    /// The interfaces that a port holds now.
    public var claimedInterfaces: Set<UInt8> { state.withLock { $0.claimedInterfaces } }

    /// Lets a transfer from an IN endpoint end. It waits until the endpoint is read. `.stalled` halts the endpoint, and
    /// everything that does not complete ends the reading.
    /// - Returns: false when ``USBLimits/virtualCompletionsMax`` completions wait already or the device is unplugged; the
    ///   completion is dropped then.
    @discardableResult
    public func complete(endpoint: UInt8, _ completion: USBCompletion) -> Bool {
        guard state.withLock({ $0.complete(endpoint: endpoint, completion) }) else { return false }
        return post(endpoint)
    }

    /// Pulls the device out: readings and pending transfers end with `.gone`, then the bus tells that it left.
    public func unplug() {
        thread.executeUnbounded { self.leave() }
    }

    func kernelDriver(interface: UInt8) -> String? {
        state.withLock { $0.isGone || $0.claimedInterfaces.contains(interface) } ? nil : kernelDrivers[interface]
    }

    /// What the kernel's HID driver would have read from the interface while it drives it.
    func reportDescriptor(interface: UInt8) -> [UInt8]? {
        guard kernelDriver(interface: interface) == "usbhid" else { return nil }
        let length = device.configuration.interfaces.first { $0.number == interface }?.reportDescriptorBytes ?? 4_096
        let setup = USBSetup(
            requestType: 0x81, request: 0x06, value: 0x2200, index: UInt16(interface), length: UInt16(clamping: length))
        guard case .completed(let bytes) = behaviour.control(setup, data: []), !bytes.isEmpty else { return nil }
        return Array(bytes.prefix(length))
    }

    func withState<Result: Sendable>(_ body: (inout sending VirtualPlugState) -> sending Result) -> Result {
        state.withLock(body)
    }

    /// Hands over what an endpoint has, on the thread, one completion after the other.
    @discardableResult
    func post(_ endpoint: UInt8) -> Bool {
        thread.executeUnbounded { self.deliver(endpoint) }
    }

    private func deliver(_ endpoint: UInt8) {
        guard let delivery = state.withLock({ $0.deliver(endpoint: endpoint) }) else { return }
        if delivery.isLast { census.transferEnded() }
        delivery.handler(delivery.completion)
        if state.withLock({ $0.isReady(endpoint: endpoint) }) { post(endpoint) }
    }

    private func leave() {
        guard !state.withLock({ $0.isGone }) else { return }
        for endpoint in state.withLock({ $0.unplug() }) { deliver(endpoint) }
        onUnplug(self)
    }

    /// Closes what the ports of a stopping bus left open.
    func closePorts() {
        for port in state.withLock({ $0.ports() }) { close(port: port) }
    }

    func close(port: UInt64) {
        let readings = state.withLock { $0.close(port: port) }
        for _ in 0..<readings { census.transferEnded() }
    }
}
