import Dispatch
import Synchronization

/// A bus of virtual devices, for tests and for working without hardware. It behaves as ``LibUSBBus`` does, completions on
/// the thread, claims, halts and departures included.
public final class VirtualBus: USBBus {
    public let thread: USBEventThread
    /// What is alive on this bus.
    package let census = USBCensus()
    private let state = Mutex(State())

    private struct State: Sendable {
        var handler: (@Sendable (USBBusEvent) -> Void)?
        var isStopped = false
        /// In the order of their arrival.
        var plugs: [VirtualPlug] = []
        /// The numbers of the arrivals that were told.
        var told: Set<UInt64> = []
        var plugMax: UInt64 = 0
        var portMax: UInt64 = 0
        var openFaults: [USBPath: USBError] = [:]
        /// Who waits for the opening of a device that the kernel lets nobody near.
        var heldOpenings: [USBPath: [@Sendable (USBError?) -> Void]] = [:]
    }

    /// - Parameter thread: the bus's thread, which ``stop()`` ends.
    public init(thread: USBEventThread) {
        self.thread = thread
    }

    /// Plugs a device in. It keeps its number of arrival unless that was used before; then it gets the next. Any thread.
    /// - Parameter kernelDrivers: the driver bound to each interface while nobody has claimed it.
    @discardableResult
    public func plug(
        _ device: USBDevice, kernelDrivers: [UInt8: String] = [:], behaviour: any VirtualBehaviour
    ) -> VirtualPlug {
        let plug = state.withLock { state in
            let device = device.plug > state.plugMax ? device : device.replugged(as: state.plugMax + 1)
            state.plugMax = device.plug
            let plug = VirtualPlug(
                device: device, kernelDrivers: kernelDrivers, behaviour: behaviour, thread: thread, census: census
            ) { [weak self] in self?.left($0) }
            state.plugs.append(plug)
            return plug
        }
        thread.executeUnbounded { self.tell() }
        return plug
    }

    /// Lets the opening of every device at a port fail, until `nil` is set. Any thread.
    public func setOpenFault(_ fault: USBError?, at path: USBPath) {
        state.withLock { $0.openFaults[path] = fault }
    }

    /// Lets nobody open a device at a port, as the kernel does while it waits for one that does not answer it. Any thread.
    package func holdOpenings(at path: USBPath) {
        state.withLock { $0.heldOpenings[path] = $0.heldOpenings[path] ?? [] }
    }

    /// Lets go what ``holdOpenings(at:)`` holds. Any thread.
    package func letOpen(at path: USBPath) {
        let waiting = state.withLock { $0.heldOpenings.removeValue(forKey: path) } ?? []
        thread.executeUnbounded { for completion in waiting { completion(nil) } }
    }

    public func prepareToOpen(_ device: USBDevice, completion: @escaping @Sendable (USBError?) -> Void) {
        thread.checkIsolated()
        let isHeld = state.withLock { $0.heldOpenings[device.path]?.append(completion) != nil }
        if !isHeld { completion(nil) }
    }

    public func start(_ handler: @escaping @Sendable (USBBusEvent) -> Void) throws {
        let mayStart = state.withLock { state in
            guard !state.isStopped, state.handler == nil else { return false }
            state.handler = handler
            return true
        }
        guard mayStart else {
            throw USBError(.unsupported, "A bus starts only once, and this one did or was stopped. Make another.")
        }
        thread.executeUnbounded { self.tell() }
    }

    public func open(_ device: USBDevice) throws -> any USBPort {
        thread.checkIsolated()
        if let fault = state.withLock({ $0.openFaults[device.path] }) { throw fault }
        let found = state.withLock { state -> (VirtualPlug, UInt64)? in
            guard !state.isStopped, let plug = state.plugs.first(where: { $0.device.plug == device.plug }) else {
                return nil
            }
            state.portMax += 1
            return (plug, state.portMax)
        }
        guard let (plug, id) = found else { throw USBError(.gone, device: device, action: "be opened") }
        return try VirtualPort(plug, id: id, thread: thread, census: census)
    }

    public func kernelDriver(of device: USBDevice, interface: UInt8) -> String? {
        state.withLock { $0.plugs.first { $0.device.plug == device.plug } }?.kernelDriver(interface: interface)
    }

    public func reportDescriptor(of device: USBDevice, interface: UInt8) -> [UInt8]? {
        state.withLock { $0.plugs.first { $0.device.plug == device.plug } }?.reportDescriptor(interface: interface)
    }

    public func descriptors(of device: USBDevice) -> [UInt8]? { device.descriptorBytes }

    public func stop() {
        precondition(!thread.isCurrent, "The event thread cannot wait for its own end")
        state.withLock { state in
            state.isStopped = true
            state.handler = nil
        }
        thread.executeUnbounded {
            for plug in self.state.withLock({ $0.plugs }) { plug.closePorts() }
        }
        thread.stop()
    }

    /// Tells of the devices that were not told yet.
    private func tell() {
        let (handler, plugs) = state.withLock { state -> ((@Sendable (USBBusEvent) -> Void)?, [VirtualPlug]) in
            guard let handler = state.handler else { return (nil, []) }
            let plugs = state.plugs.filter { !state.told.contains($0.device.plug) }
            state.told.formUnion(plugs.map(\.device.plug))
            return (handler, plugs)
        }
        for plug in plugs { handler?(.arrived(plug.device)) }
    }

    private func left(_ plug: VirtualPlug) {
        let handler = state.withLock { state in
            state.plugs.removeAll { $0 === plug }
            return state.told.remove(plug.device.plug) != nil ? state.handler : nil
        }
        handler?(.left(plug.device))
    }
}

extension USBDevice {
    /// The same device, plugged in again.
    fileprivate func replugged(as plug: UInt64) -> USBDevice {
        USBDevice(
            plug: plug, path: path, vendorID: vendorID, productID: productID, release: release,
            deviceClass: deviceClass, manufacturer: manufacturer, product: product, serial: serial,
            configuration: configuration, fault: fault)
    }
}
