package import Devices
import USB

/// The virtual devices of one lane: they stand in for the scanner and the display that are not plugged in, below the
/// decoders, and take and give the same report bytes as hardware.
package struct VirtualLaneDevices: Sendable {
    /// The lane they serve.
    package let lane: String
    /// `nil` when the lane has a scanner of its own.
    package let scanner: VirtualScanner?
    /// `nil` when the lane has a display of its own.
    package let display: VirtualDisplay?
    private let bus: VirtualBus

    init(on bus: VirtualBus, lane: String, number: Int, registry: DeviceRegistry) {
        self.lane = lane
        self.bus = bus
        scanner =
            registry.entries(of: lane, role: .scanner).isEmpty
            ? VirtualScanner.plug(on: bus, path: Self.path("scanner", number, for: lane, in: registry)) : nil
        display =
            registry.entries(of: lane, role: .display).isEmpty
            ? VirtualDisplay.plug(on: bus, path: Self.path("display", number, for: lane, in: registry)) : nil
    }

    /// Plugs the lane's scanner in again, into the same port, after it was pulled.
    /// - Returns: `nil` when the lane has a scanner of its own.
    package func plugScanner() -> VirtualScanner? {
        scanner.map { VirtualScanner.plug(on: bus, path: $0.plug.device.path) }
    }

    private static func path(_ kind: String, _ number: Int, for lane: String, in registry: DeviceRegistry) -> USBPath {
        let path = USBPath("virtual-\(kind)-\(number)")
        registry.reserve(path, for: lane)
        return path
    }
}
