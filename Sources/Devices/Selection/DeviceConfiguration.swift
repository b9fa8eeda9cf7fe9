package import USB

/// What the hub is told about a store's devices.
package struct DeviceConfiguration: Sendable {
    /// Keyboards that are scanners. The first rule that matches a device counts.
    package var keyboards: [KeyboardRule] = []
    /// How scanners type that the device table knows and no rule names.
    package var wedge = WedgeSettings()
    /// Scanners on serial lines. The first rule that matches a device counts.
    package var serialScanners: [SerialRule] = []
    /// Customer displays on serial lines. The first rule that matches a device counts.
    package var serialDisplays: [DisplayRule] = []
    /// What scanners can do. The first rule that matches a device counts.
    package var scanners: [ScannerRule] = []
    /// The size of displays that do not tell theirs; `nil` takes ``DisplaySize/standard``.
    package var displaySize: DisplaySize?

    package init() {}

    /// How a device is named as a scanner on a serial line; `nil` when it is not.
    package func serialRule(for device: USBDevice) -> SerialRule? {
        serialScanners.first { $0.device.matches(device) }
    }

    /// How a device is named as a display on a serial line; `nil` when it is not.
    package func displayRule(for device: USBDevice) -> DisplayRule? {
        serialDisplays.first { $0.device.matches(device) }
    }

    /// What a device can do as a scanner, as far as the configuration says.
    package func capabilities(of device: USBDevice) -> ScannerCapabilities {
        let rule = scanners.first { $0.device.matches(device) }
        return ScannerCapabilities(reads2D: rule?.reads2D, readsScreens: rule?.readsScreens)
    }

    /// How a keyboard types; `nil` when it is not named as a scanner.
    package func rule(for device: USBDevice) -> WedgeSettings? {
        keyboards.first { $0.device.matches(device) }?.wedge
    }
}
