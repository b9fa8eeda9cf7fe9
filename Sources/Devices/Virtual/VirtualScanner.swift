import Synchronization
package import USB

/// A HID POS scanner without hardware. It stands below the decoders: its descriptor is a real scanner's, and its reports
/// are byte for byte what that one sends.
package final class VirtualScanner: Sendable {
    package let plug: VirtualPlug
    private let panel: Panel

    /// What the host sets.
    private final class Panel: Sendable {
        let state = Mutex(State())

        struct State: Sendable {
            var isReading = true
            var onBeep: @Sendable (Feedback) -> Void = { _ in }
        }

        /// Report 4: prevent read, initiate read, error beep, good-read beep, from bit 0.
        func take(_ report: [UInt8]) {
            guard report.count == 2, report[0] == 4 else { return }
            let onBeep = state.withLock { state in
                state.isReading = report[1] & 1 == 0
                return state.onBeep
            }
            if report[1] & 4 != 0 { onBeep(.error) }
            if report[1] & 8 != 0 { onBeep(.goodRead) }
        }
    }

    private init(plug: VirtualPlug, panel: Panel) {
        self.plug = plug
        self.panel = panel
    }

    /// Plugs one in. The configuration is that of a Honeywell N5600, the report descriptor one of the same layout.
    package static func plug(on bus: VirtualBus, path: USBPath) -> VirtualScanner {
        let panel = Panel()
        let device = VirtualHID.device(
            at: path, vendorID: 0x0c2e, productID: 0x0967, product: "Virtual scanner",
            interface: USBInterface(
                number: 0, interfaceClass: 3, reportDescriptorBytes: reportDescriptor.count,
                endpoints: [
                    USBEndpoint(address: inEndpoint, kind: .interrupt, packetBytesMax: 64),
                    USBEndpoint(address: 0x07, kind: .interrupt, packetBytesMax: 64),
                ]))
        let behaviour = VirtualHID(reportDescriptor: reportDescriptor) { panel.take($0) }
        return VirtualScanner(
            plug: bus.plug(device, kernelDrivers: [0: "usbhid"], behaviour: behaviour), panel: panel)
    }

    /// Reads a label, in as many reports as it needs.
    /// - Parameter aim: the AIM identifier, three characters.
    /// - Returns: false when it is told to read nothing, is unplugged, or too much waits to be taken already.
    @discardableResult
    package func scan(_ data: [UInt8], aim: String = "]E0") -> Bool {
        guard panel.state.withLock({ $0.isReading }) else { return false }
        return Self.reports(data, aim: aim).allSatisfy { plug.complete(endpoint: Self.inEndpoint, .completed($0)) }
    }

    /// The reports of a label: 56 bytes in each, and a bit that says that more follows.
    package static func reports(_ data: [UInt8], aim: String) -> [[UInt8]] {
        let identifier = (Array(aim.utf8) + [0, 0, 0]).prefix(3)
        return stride(from: 0, to: max(data.count, 1), by: fragmentBytes).map { start in
            let fragment = data[start..<min(start + fragmentBytes, data.count)]
            let more: UInt8 = start + fragmentBytes < data.count ? 1 : 0
            let filling = [UInt8](repeating: 0, count: fragmentBytes - fragment.count)
            return [2, UInt8(fragment.count)] + identifier + fragment + filling + [0, 0, more]
        }
    }

    /// Tells of every beep that the host asks for, on the bus's thread.
    package func onBeep(_ observer: @escaping @Sendable (Feedback) -> Void) {
        panel.state.withLock { $0.onBeep = observer }
    }

    /// False while the host tells it to read nothing.
    package var isReading: Bool { panel.state.withLock { $0.isReading } }

    package func unplug() { plug.unplug() }

    private static let inEndpoint: UInt8 = 0x82
    private static let fragmentBytes = 56
}
