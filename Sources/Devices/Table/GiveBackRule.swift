package import USB

/// Which interfaces without a driver are given back to the kernel: those that an edge may have taken.
package struct GiveBackRule: Sendable {
    private let configuration: DeviceConfiguration
    private let named: [DeviceSelector]

    /// - Parameters:
    ///   - devices: what the edge's configuration says of devices.
    ///   - named: the devices that lanes name.
    package init(devices: DeviceConfiguration, named: [DeviceSelector]) {
        configuration = devices
        self.named = named
    }

    /// - Parameter driver: the driver that is bound to an interface.
    /// - Returns: the interfaces that are without one and that an edge takes, in their order.
    package func interfaces(of device: USBDevice, driver: (UInt8) -> String?) -> [UInt8] {
        let settings = device.configuration.interfaces.filter { $0.alternateSetting == 0 }
        return settings.filter { mayTake($0, of: device) && driver($0.number) == nil }.map(\.number)
    }

    /// An edge looks at HID interfaces of unknown devices too, but never at a keyboard or a mouse among them.
    private func mayTake(_ interface: USBInterface, of device: USBDevice) -> Bool {
        if isKnown(device) { return true }
        return interface.isHID && !interface.isBootKeyboard && !interface.isBootMouse
    }

    private func isKnown(_ device: USBDevice) -> Bool {
        DeviceTable.entry(for: device) != nil || configuration.rule(for: device) != nil
            || configuration.serialRule(for: device) != nil || configuration.displayRule(for: device) != nil
            || named.contains { $0.matches(device) }
    }
}
