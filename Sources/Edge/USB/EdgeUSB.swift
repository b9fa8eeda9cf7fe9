import Capture
import Devices
import Dispatch
import Logging
import Transport
import USB

/// The edge's buses: the machine's own ports, and virtual ones for what is not plugged in.
final class EdgeUSB: Sendable {
    /// How long a start waits for devices that are being opened, before virtual ones stand in for what is missing and the
    /// edge calls itself ready.
    static let settlingWait: Duration = .seconds(3)

    let virtualDevices: [VirtualLaneDevices]
    private let registry: DeviceRegistry
    private let thread: USBEventThread

    private init(registry: DeviceRegistry, thread: USBEventThread, virtualDevices: [VirtualLaneDevices]) {
        self.registry = registry
        self.thread = thread
        self.virtualDevices = virtualDevices
    }

    /// - Throws: ``EdgeError`` `usbUnusable` when the bus cannot be watched at all; a single device never is a reason.
    static func start(
        _ configuration: EdgeConfiguration, parts: EdgeParts, logger: Logger
    ) async throws(EdgeError) -> EdgeUSB {
        let thread: USBEventThread
        do {
            thread = try USBEventThread()
        } catch {
            throw EdgeError(usb: error)
        }
        let tap = parts.deviceCaptures.tap
        let intake = DeviceIntake(parts: parts, thread: thread, logger: logger)
        do {
            if configuration.ports != .virtual {
                let bus = RecordingBus(LibUSBBus(thread: thread), tap: tap)
                try intake.startHub(on: bus, configuration.devices)
                await intake.settled(within: settlingWait)
            }
            var virtual: [VirtualLaneDevices] = []
            if configuration.ports != .real {
                let bus = VirtualBus(thread: thread)
                try intake.startHub(on: RecordingBus(bus, tap: tap), configuration.devices)
                virtual = configuration.lanes.enumerated().map { index, lane in
                    VirtualLaneDevices(on: bus, lane: lane.name, number: index + 1, registry: parts.registry)
                }
                await intake.settled(within: settlingWait)
            }
            return EdgeUSB(registry: parts.registry, thread: thread, virtualDevices: virtual)
        } catch {
            await stop(parts.registry, thread)
            throw EdgeError(usb: error)
        }
    }

    /// Has the USB thread call `beat` when its turn comes.
    /// - Returns: false when more waits for the thread than may.
    func ask(_ beat: @escaping @Sendable () -> Void) -> Bool { thread.execute(beat) }

    /// Gives every device and its kernel driver back.
    func stop() async {
        await Self.stop(registry, thread)
    }

    private static func stop(_ registry: DeviceRegistry, _ thread: USBEventThread) async {
        let hubs = registry.releaseHubs()
        await withCheckedContinuation { done in
            // Stopping waits for the USB thread, which would hold up a task's thread.
            DispatchQueue.global().async {
                // The buses share the thread, which the first of them to stop ends.
                for hub in hubs { hub.release() }
                for hub in hubs { hub.stop() }
                thread.stop()
                done.resume()
            }
        }
    }
}

extension EdgeError {
    fileprivate init(usb error: any Error) {
        let known = error as? USBError
        self.init(
            .usbUnusable, known?.message ?? "The USB ports cannot be used. Check /dev/bus/usb.",
            cause: known == nil ? SystemCause.words(error) : known?.cause)
    }
}
