package import USB

/// A bus that writes down what goes over it, as usbmon would: the descriptors of each device as it arrives, then every
/// transfer.
package final class RecordingBus: USBBus {
    package let thread: USBEventThread
    private let bus: any USBBus
    private let log: TransferLog

    /// - Parameter tap: where those who record begin; they may come and go while the bus runs.
    package init(_ bus: any USBBus, tap: TransferTap) {
        self.bus = bus
        thread = bus.thread
        let log = TransferLog(tap: tap)
        self.log = log
        tap.add { [weak bus] recorder in
            guard let bus else { return }
            bus.thread.execute { log.describeAll(to: recorder, on: bus) }
        }
    }

    package func start(_ handler: @escaping @Sendable (USBBusEvent) -> Void) throws {
        let (bus, log) = (bus, log)
        try bus.start { event in
            switch event {
            case .arrived(let device): log.arrived(device, on: bus)
            case .left(let device): log.left(device)
            }
            handler(event)
        }
    }

    package func prepareToOpen(_ device: USBDevice, completion: @escaping @Sendable (USBError?) -> Void) {
        bus.prepareToOpen(device, completion: completion)
    }

    package func open(_ device: USBDevice) throws -> any USBPort {
        RecordingPort(try bus.open(device), device: device, log: log)
    }

    package func kernelDriver(of device: USBDevice, interface: UInt8) -> String? {
        bus.kernelDriver(of: device, interface: interface)
    }

    package func reportDescriptor(of device: USBDevice, interface: UInt8) -> [UInt8]? {
        bus.reportDescriptor(of: device, interface: interface)
    }

    package func descriptors(of device: USBDevice) -> [UInt8]? { bus.descriptors(of: device) }

    package func stop() { bus.stop() }
}

/// A port that writes down what goes through it.
final class RecordingPort: USBPort {
    private let port: any USBPort
    private let device: USBDevice
    private let log: TransferLog

    init(_ port: any USBPort, device: USBDevice, log: TransferLog) {
        self.port = port
        self.device = device
        self.log = log
    }

    func claim(interface: UInt8) throws { try port.claim(interface: interface) }

    func release(interface: UInt8) { port.release(interface: interface) }

    func control(
        _ setup: USBSetup, data: [UInt8], timeout: Duration, completion: @escaping @Sendable (USBCompletion) -> Void
    ) {
        let endpoint: UInt8 = setup.isIn ? 0x80 : 0
        let transfer = log.submitted(device, .control, endpoint, data: data, length: Int(setup.length), setup: setup)
        port.control(setup, data: data, timeout: timeout) { [log, device] end in
            log.ended(transfer, end)
            log.heard(setup, end, from: device)
            completion(end)
        }
    }

    func startReading(endpoint: UInt8, transferBytes: Int, handler: @escaping @Sendable (USBCompletion) -> Void) {
        let kind = kind(of: endpoint)
        port.startReading(endpoint: endpoint, transferBytes: transferBytes) { [log, device] end in
            // What is pending is not seen from here: a submission is told of together with its end.
            if log.isOpen {
                log.ended(log.submitted(device, kind, endpoint, data: [], length: transferBytes, setup: nil), end)
            }
            handler(end)
        }
    }

    func write(
        endpoint: UInt8, data: [UInt8], timeout: Duration, completion: @escaping @Sendable (USBCompletion) -> Void
    ) {
        let transfer = log.submitted(device, kind(of: endpoint), endpoint, data: data, length: data.count, setup: nil)
        port.write(endpoint: endpoint, data: data, timeout: timeout) { [log] end in
            log.ended(transfer, end)
            completion(end)
        }
    }

    func clearHalt(endpoint: UInt8, completion: @escaping @Sendable (USBError?) -> Void) {
        port.clearHalt(endpoint: endpoint, completion: completion)
    }

    func reset(completion: @escaping @Sendable (USBError?) -> Void) { port.reset(completion: completion) }

    func close() { port.close() }

    private func kind(of endpoint: UInt8) -> USBEndpoint.Kind {
        device.configuration.interfaces.flatMap(\.endpoints).first { $0.address == endpoint }?.kind ?? .interrupt
    }
}
