import Capture
import CountertopClient
import Devices
import Transport
import USB
import UnixSignals
import Wire

/// The devices of a running edge, looked at through it: the edge keeps them.
struct EdgeDevices: Sendable {
    let address: EdgeAddress

    /// Takes what the edge's devices send until a person ends it or `body` throws ``Done``.
    @discardableResult
    func watch(
        _ body: @escaping @Sendable (EdgeDeviceEvent, CountertopConnection) async throws -> Void
    ) async throws -> Ending {
        let signals = await UnixSignalsSequence(trapping: .sigint, .sigterm)
        let address = address
        return try await withThrowingTaskGroup(of: Ending.self) { group in
            group.addTask {
                for await _ in signals { break }
                return .person
            }
            group.addTask {
                try await CountertopClient.withConnection(to: address, client: "countertop-debug") { edge in
                    var known: [String: DeviceInfo] = [:]
                    try await edge.watchDevices { event in
                        guard let event = EdgeDeviceEvent(event, known: &known) else { return }
                        try await body(event, edge)
                    }
                }
                return .edge
            }
            defer { group.cancelAll() }
            do {
                return try await group.next() ?? .edge
            } catch is Done {
                return .done
            } catch is CancellationError {
                return .done
            }
        }
    }

    /// Who ended what went on.
    enum Ending {
        /// Somebody at the keyboard, or whoever told this program to end.
        case person
        /// The edge has nothing more to tell.
        case edge
        /// What was waited for has come.
        case done
    }

    /// The devices that the edge sees.
    /// - Parameter selector: `nil` for all.
    func devices(_ selector: DeviceSelector?) async throws -> [Device] {
        try await CountertopClient.withConnection(to: address, client: "countertop-debug") { edge in
            try await edge.devices.list().filter { selector?.matches(DeviceInfo($0).device) ?? true }
        }
    }

    /// What the edge has read of a device's interfaces.
    func descriptors(_ device: USBDevice) async throws -> [InterfaceDescriptor] {
        try await CountertopClient.withConnection(to: address, client: "countertop-debug") { edge in
            let seen = try await edge.devices.list().contains { DeviceInfo($0).device.isSame(as: device) }
            return seen ? try await edge.devices.descriptors(device.path.description) : []
        }
    }

    /// Writes down what goes between the edge and these devices until a person ends it.
    /// - Parameters:
    ///   - devices: port paths; none for all devices, those that come among them.
    ///   - told: what the devices send, as in ``watch(_:)``.
    func record(
        _ devices: [String], into writer: CaptureWriter,
        _ told: @escaping @Sendable (Devices.DeviceEvent, _ lane: String?) -> Void
    ) async throws -> Ending {
        let address = address
        return try await withThrowingTaskGroup(of: Ending.self) { group in
            group.addTask {
                try await watch { event, _ in
                    if case .device(let event, let lane) = event { told(event, lane) }
                }
            }
            group.addTask {
                try await CountertopClient.withConnection(to: address, client: "countertop-debug") { edge in
                    try await edge.captureDevices(devices) { event in
                        if event.missed > 0 {
                            Terminal.complain(
                                "\(event.missed) transfers are missing in the file: this machine is too slow.")
                        }
                        for packet in event.packets.compactMap({ UsbmonPacket(bytes: $0) }) { writer.write(packet) }
                        if let error = writer.error { throw error }
                    }
                }
                return .edge
            }
            // Whichever ends first ends both: the person who has seen enough, the edge, or the disk.
            defer { group.cancelAll() }
            return try await group.next() ?? .edge
        }
    }

    /// Ends a watch.
    struct Done: Error {}
}

extension USBDevice {
    /// Whether it is of the same model and in the same port.
    fileprivate func isSame(as other: USBDevice) -> Bool {
        path == other.path && vendorID == other.vendorID && productID == other.productID
    }
}
