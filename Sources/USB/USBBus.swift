/// What tells of devices and opens them: the machine's own ports (``LibUSBBus``) or virtual ones (``VirtualBus``).
public protocol USBBus: AnyObject, Sendable {
    /// The thread on which every event, completion and port call of this bus happens.
    var thread: USBEventThread { get }

    /// Begins to tell of devices: those that are there, then those that come and go. `handler` runs on ``thread``.
    /// - Throws: ``USBError`` when the bus cannot be watched.
    func start(_ handler: @escaping @Sendable (USBBusEvent) -> Void) throws

    /// Sees to it that ``open(_:)`` will not wait. The kernel lets nobody open a device that it works with itself, and it may
    /// wait for one that does not answer for half a minute; what is waited for there must not hold up ``thread``. Call it on
    /// ``thread`` only.
    /// - Parameter completion: called once on ``thread``, at once or later, with why the device cannot be opened.
    func prepareToOpen(_ device: USBDevice, completion: @escaping @Sendable (USBError?) -> Void)

    /// Opens a device. Call it on ``thread`` only, and after ``prepareToOpen(_:completion:)`` where others live on it.
    /// - Throws: ``USBError``; `.accessDenied`, `.busy` and `.notFound` may pass within milliseconds of an arrival, so try
    ///   again a bounded number of times.
    func open(_ device: USBDevice) throws -> any USBPort

    /// The name of the kernel driver bound to an interface, `nil` when none is or it cannot be told.
    func kernelDriver(of device: USBDevice, interface: UInt8) -> String?

    /// The report descriptor of a HID interface as its kernel driver has read it (HID 1.11, section 6.2.2), `nil` when no
    /// driver has. It tells what an interface is for without taking it from anybody.
    func reportDescriptor(of device: USBDevice, interface: UInt8) -> [UInt8]?

    /// The device descriptor and the active configuration with what belongs to it, one behind the other, as the device sent
    /// them (USB 2.0, sections 9.6.1 and 9.6.3); `nil` when that cannot be told.
    func descriptors(of device: USBDevice) -> [UInt8]?

    /// Closes every port, gives every kernel driver back, ends the thread, and returns when that is done. Not to be
    /// called on ``thread``.
    func stop()
}

extension USBBus {
    /// A bus whose devices open at once needs no preparation.
    public func prepareToOpen(_ device: USBDevice, completion: @escaping @Sendable (USBError?) -> Void) {
        completion(nil)
    }
}

/// What a bus tells of.
public enum USBBusEvent: Sendable {
    case arrived(USBDevice)
    case left(USBDevice)
}
