/// An opened device of the machine. It lives on the event thread, kept by its bus until libusb has closed it.
final class LibUSBPort: USBPort {
    let device: USBDevice
    let handle: LibUSBHandle
    private(set) lazy var orders = PortOrders(
        thread: thread, isOver: { [weak self] in self?.isOver($0) ?? true },
        onQuiet: { [weak self] in self?.closeWhenIdle() })
    let thread: USBEventThread
    let census: USBCensus
    let roll: LibUSBRoll
    /// The interfaces held.
    var claims: Set<UInt8> = []
    /// The interfaces that a driver of the kernel was bound to when they were taken.
    var drivenInterfaces: Set<UInt8> = []
    var readings: [UInt8: LibUSBReading] = [:]
    /// What came behind a fault of an endpoint, for its next reading.
    var afterFault: [UInt8: [USBCompletion]] = [:]
    var operations: [ObjectIdentifier: LibUSBOperation] = [:]
    /// True from the user's `close` on: no handler runs any more.
    private(set) var isDropped = false
    /// True when the device has left.
    private(set) var isGone = false
    private var isClosed = false
    private let onClosed: (LibUSBPort) -> Void

    /// - Parameter onClosed: called once, when libusb has closed the device.
    init(
        _ handle: LibUSBHandle, of device: USBDevice, roll: LibUSBRoll, thread: USBEventThread, census: USBCensus,
        onClosed: @escaping (LibUSBPort) -> Void
    ) {
        self.handle = handle
        self.device = device
        self.roll = roll
        self.thread = thread
        self.census = census
        self.onClosed = onClosed
        census.portBegan()
    }

    deinit {
        census.portEnded()
    }

    /// True while the device can be talked to.
    var isUsable: Bool { !isGone && !isDropped && !isClosed }

    func checkUsable(_ action: String) throws(USBError) {
        guard isUsable else { throw USBError(.gone, device: device, action: action) }
    }

    func close() {
        thread.checkIsolated()
        guard !isDropped else { return }
        isDropped = true
        for reading in readings.values { reading.silence() }
        for operation in operations.values { operation.silence() }
        orders.take { [self] in
            for reading in Array(readings.values) { reading.drop() }
            for operation in Array(operations.values) { operation.drop() }
            // A driver of several interfaces binds through the lowest of them and needs the others free (cdc_acm).
            orders.take(after: .transfers) { [self] in release(claims.sorted(by: >)) }
        }
    }

    private var isIdle: Bool { readings.isEmpty && operations.isEmpty }

    private func isOver(_ need: PortOrders.Need) -> Bool {
        switch need {
        case .nothing: true
        case .operations: operations.isEmpty
        case .transfers: operations.isEmpty && readings.values.allSatisfy(\.isAtRest)
        }
    }

    /// The device has left: what is in flight comes back as gone, and then the handle is closed, whether its user closes
    /// the port or not.
    func deviceLeft() {
        isGone = true
        claims = []
        orders.take { [self] in
            for reading in Array(readings.values) { reading.end(with: .gone) }
            for operation in Array(operations.values) { operation.end(with: .gone) }
        }
    }

    /// Closes the handle as soon as nothing is in flight or under way.
    private func closeWhenIdle() {
        guard isDropped || isGone, isIdle, !orders.isBusy else { return }
        closeNow()
    }

    /// Closes the handle, even over transfers whose ends do not come. libusb forgets those, so they are never freed.
    func closeNow() {
        guard !isClosed else { return }
        isClosed = true
        if orders.isUnderWay {
            orders.last { [handle] in handle.close() }
        } else {
            // What was given back is not given back again: the kernel would ask a device once more that does not answer.
            if !isGone, !claims.isEmpty {
                handle.release(claims.sorted(by: >), drivers: drivenInterfaces.sorted(), at: device.path)
            }
            handle.close()
        }
        onClosed(self)
    }

    /// Answers without libusb, as late as libusb would.
    func answer(_ completion: @escaping @Sendable (USBCompletion) -> Void, _ end: USBCompletion) {
        let port = ThreadBound(self, to: thread)
        thread.executeUnbounded {
            if !port.value.isDropped { completion(end) }
        }
    }
}
