/// A device that the configuration names as a customer display on a serial line. What is behind such a line, no number of
/// a chip says.
package struct DisplayRule: Sendable {
    package var device: DeviceSelector
    package var dialect: DisplayDialect
    package var line: SerialLineSettings
    /// The chip between USB and the line; `nil` leaves it to the device table and the interface's class.
    package var carrier: SerialCarrier?
    package var size: DisplaySize
    /// 1 to 4; `nil` leaves the display's own.
    package var brightness: Int?

    package init(device: DeviceSelector, dialect: DisplayDialect, size: DisplaySize = .standard) {
        self.device = device
        self.dialect = dialect
        self.size = size
        line = dialect.line
    }
}
