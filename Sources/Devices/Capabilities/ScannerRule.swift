/// What the configuration says that a scanner can do: no number of a product says it.
package struct ScannerRule: Sendable {
    package var device: DeviceSelector
    /// `nil` leaves it unknown.
    package var reads2D: Bool?
    /// `nil` leaves it unknown.
    package var readsScreens: Bool?

    package init(device: DeviceSelector, reads2D: Bool? = nil, readsScreens: Bool? = nil) {
        self.device = device
        self.reads2D = reads2D
        self.readsScreens = readsScreens
    }
}
