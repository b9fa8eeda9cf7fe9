/// A device that the configuration names as a scanner on a serial line, and how that scanner was set up.
package struct SerialRule: Sendable {
    package var device: DeviceSelector
    package var settings: SerialSettings
    /// The chip between USB and the line; `nil` leaves it to the device table and the interface's class.
    package var carrier: SerialCarrier?

    package init(device: DeviceSelector, settings: SerialSettings = SerialSettings(), carrier: SerialCarrier? = nil) {
        self.device = device
        self.settings = settings
        self.carrier = carrier
    }
}
