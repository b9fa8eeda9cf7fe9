/// A keyboard that the configuration names as a scanner, and how that scanner types.
package struct KeyboardRule: Sendable {
    package var device: DeviceSelector
    package var wedge: WedgeSettings

    package init(device: DeviceSelector, wedge: WedgeSettings = WedgeSettings()) {
        self.device = device
        self.wedge = wedge
    }
}
