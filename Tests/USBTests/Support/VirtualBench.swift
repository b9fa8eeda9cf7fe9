import Testing

@testable import USB

/// A virtual bus with the device of a test on it.
final class VirtualBench: Sendable {
    let thread: USBEventThread
    let bus: VirtualBus
    let events = Notes<String>()
    let behaviour = Behaviour()

    init() throws {
        thread = try USBEventThread()
        bus = VirtualBus(thread: thread)
    }

    /// Answers as the test says, and notes what it was sent.
    final class Behaviour: VirtualBehaviour {
        let controls = Notes<USBSetup>()
        let writes = Notes<[UInt8]>()

        func control(_ setup: USBSetup, data: [UInt8]) -> USBCompletion {
            controls.note(setup)
            return setup.isIn ? .completed([1, 2, 3, 4]) : .stalled
        }

        /// A write that begins with 0xff is stalled.
        func write(endpoint: UInt8, data: [UInt8]) -> USBCompletion {
            writes.note(data)
            return data.first == 0xff ? .stalled : .completed([])
        }
    }

    func start() throws {
        try bus.start { [events] event in
            switch event {
            case .arrived(let device): events.note("arrived \(device.plug)")
            case .left(let device): events.note("left \(device.plug)")
            }
        }
    }

    func plug() throws -> VirtualPlug {
        bus.plug(try Self.scanner(), kernelDrivers: [0: "usbhid"], behaviour: behaviour)
    }

    /// Runs on the thread what works with ports, and waits for it.
    func onThread(_ work: @escaping @Sendable () throws -> Void) throws {
        try #require(thread.perform { Result(catching: work) }).get()
    }

    /// Waits until the thread has nothing left to run that the test began.
    func settle() {
        // A reading that ends is posted by work that was posted, and no chain is longer.
        for _ in 0..<4 { _ = thread.perform {} }
    }

    static func scanner(plug: UInt64 = 1) throws -> USBDevice {
        USBDevice(
            plug: plug, path: USBPath("1-4"), vendorID: 0x0c2e, productID: 0x0967, release: 0x0904, deviceClass: 0,
            manufacturer: nil, product: "HID POS", serial: nil,
            configuration: try USBConfiguration(parsing: RealDescriptors.scanner))
    }

    /// The scanner's endpoints: 2 into the host, 7 out of it.
    static let input: UInt8 = 0x82
    static let output: UInt8 = 0x07
}
