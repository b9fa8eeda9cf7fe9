package import USB

/// What the hub is told about a store's devices.
package struct DeviceConfiguration: Sendable {
    /// Keyboards that are scanners. The first rule that matches a device counts.
    package var keyboards: [KeyboardRule] = []
    /// How scanners type that the device table knows and no rule names.
    package var wedge = WedgeSettings()
    /// The size of displays that do not tell theirs; `nil` takes ``DisplaySize/standard``.
    package var displaySize: DisplaySize?

    package init() {}

    /// How a keyboard types; `nil` when it is not named as a scanner.
    package func rule(for device: USBDevice) -> WedgeSettings? {
        keyboards.first { $0.device.matches(device) }?.wedge
    }
}
