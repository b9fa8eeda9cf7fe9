import Dispatch

/// The USB ports of this machine, by libusb (1.0.26 and later) and the kernel's sysfs. Hubs are not told of.
public final class LibUSBBus: USBBus {
    public let thread: USBEventThread
    /// What is alive on this bus.
    package let census: USBCensus
    private let roll: LibUSBRoll
    private let devices: ThreadBound<LibUSBDevices>

    /// A bus with a thread of its own.
    /// - Throws: ``USBError`` when libusb or the thread does not start.
    public convenience init() throws {
        try self.init(thread: USBEventThread())
    }

    /// - Parameter thread: the bus's thread, which ``stop()`` ends.
    public init(thread: USBEventThread) {
        self.thread = thread
        census = USBCensus()
        roll = LibUSBRoll()
        devices = ThreadBound(LibUSBDevices(thread: thread, census: census, roll: roll), to: thread)
    }

    /// Called from another thread than ``thread``, it returns after the devices that are there have been told of, but for those
    /// that the kernel has not set up within ``USBLimits/arrivalPatience``: they are told of when it has.
    /// - Throws: ``USBError`` `.unsupported` when libusb cannot watch for devices, or when the bus was started or stopped
    ///   before.
    public func start(_ handler: @escaping @Sendable (USBBusEvent) -> Void) throws {
        let devices = devices
        let result = thread.perform { Result { () throws(USBError) in try devices.value.start(devices, handler) } }
        guard let result else { throw LibUSBDevices.startedTwice }
        try result.get()
        // An arrival goes through the mailbox twice, and a stop that followed at once would overtake it.
        for _ in 0..<2 { _ = thread.perform {} }
        guard !thread.isCurrent else { return }
        let told = DispatchSemaphore(value: 0)
        if thread.executeUnbounded({ devices.value.whenQuiet { told.signal() } }) { told.wait() }
    }

    public func prepareToOpen(_ device: USBDevice, completion: @escaping @Sendable (USBError?) -> Void) {
        devices.value.prepareToOpen(device, completion)
    }

    public func open(_ device: USBDevice) throws -> any USBPort {
        try devices.value.open(device)
    }

    public func kernelDriver(of device: USBDevice, interface: UInt8) -> String? {
        roll.driver(of: device, interface: interface)
    }

    public func reportDescriptor(of device: USBDevice, interface: UInt8) -> [UInt8]? {
        // Another device may be at this path by now.
        guard kernelDriver(of: device, interface: interface) != nil else { return nil }
        return SysfsDirectory(device.path)?.reportDescriptor(interface: interface)
    }

    public func descriptors(of device: USBDevice) -> [UInt8]? {
        guard let bytes = SysfsDirectory(device.path)?.descriptors else { return nil }
        // Another device may be at this path by now.
        return bytes[8...11].elementsEqual(device.descriptorBytes[8...11]) ? bytes : nil
    }

    public func stop() {
        precondition(!thread.isCurrent, "The event thread cannot wait for its own end")
        let devices = devices
        let closed = DispatchSemaphore(value: 0)
        if thread.executeUnbounded({ devices.value.stop { closed.signal() } }),
            closed.wait(timeout: .now() + .seconds(Int(USBLimits.closeWait.components.seconds))) == .timedOut
        {
            thread.executeUnbounded { devices.value.closeNow() }
        }
        thread.stop()
    }
}
