import Synchronization
package import USB

/// A customer display without hardware: a ``SyntheticDisplay`` behind a virtual port.
package final class VirtualDisplay: Sendable {
    package let plug: VirtualPlug
    private let glass: Glass

    /// What the host writes.
    private final class Glass: Sendable {
        let state = Mutex(State())

        struct State: Sendable {
            var display = SyntheticDisplay()
            var onChange: @Sendable ([String]) -> Void = { _ in }
        }

        func take(_ report: [UInt8]) {
            let (lines, onChange) = state.withLock { state -> ([String]?, @Sendable ([String]) -> Void) in
                let before = state.display.lines
                state.display.take(report)
                return (state.display.lines == before ? nil : state.display.lines, state.onChange)
            }
            if let lines { onChange(lines) }
        }
    }

    private init(plug: VirtualPlug, glass: Glass) {
        self.plug = plug
        self.glass = glass
    }

    /// Plugs one in.
    /// - Parameter hasOutEndpoint: whether it takes output reports on an endpoint of their own. Displays of both kinds
    ///   exist.
    package static func plug(on bus: VirtualBus, path: USBPath, hasOutEndpoint: Bool = true) -> VirtualDisplay {
        let glass = Glass()
        let outgoing = USBEndpoint(address: 0x02, kind: .interrupt, packetBytesMax: 64)
        let device = VirtualHID.device(
            at: path, vendorID: 0x1209, productID: 0x0001, product: "Virtual display",
            interface: USBInterface(
                number: 0, interfaceClass: 3, reportDescriptorBytes: SyntheticDisplay.reportDescriptor.count,
                endpoints: [USBEndpoint(address: 0x81, kind: .interrupt, packetBytesMax: 8)]
                    + (hasOutEndpoint ? [outgoing] : [])))
        let behaviour = VirtualHID(
            reportDescriptor: SyntheticDisplay.reportDescriptor,
            reports: [0x0301: SyntheticDisplay.attributesReport]
        ) { glass.take($0) }
        return VirtualDisplay(
            plug: bus.plug(device, kernelDrivers: [0: "usbhid"], behaviour: behaviour), glass: glass)
    }

    /// What it shows: one string a row, each as long as the display is wide.
    package var lines: [String] { glass.state.withLock { $0.display.lines } }

    /// Tells of every change of what it shows, on the bus's thread.
    package func onChange(_ observer: @escaping @Sendable ([String]) -> Void) {
        glass.state.withLock { $0.onChange = observer }
    }

    package func unplug() { plug.unplug() }
}
