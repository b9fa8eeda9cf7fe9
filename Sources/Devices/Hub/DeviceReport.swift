package import USB

/// A report as it came from a device and what it meant, for people who look for a fault. It holds scanned data.
package struct DeviceReport: Sendable {
    package let path: USBPath
    package let interface: UInt8
    package let bytes: [UInt8]
    /// The report's parts with the names of their usages.
    package let fields: [(name: String, value: String)]
    /// What it meant: "a scan", "more follows", "an empty report".
    package let outcome: String
    /// The scan that it completed.
    package let scan: DeviceScan?
    /// How long after the interface's report before it came; `nil` for the first.
    package let sinceLast: Duration?

    /// What is said of a label that nobody wants now.
    package static let disarmedWords = "dropped because the scanner is disarmed"

    package init(
        path: USBPath, interface: UInt8, bytes: [UInt8], fields: [(name: String, value: String)], outcome: String,
        scan: DeviceScan? = nil, sinceLast: Duration? = nil
    ) {
        self.path = path
        self.interface = interface
        self.bytes = bytes
        self.fields = fields
        self.outcome = outcome
        self.scan = scan
        self.sinceLast = sinceLast
    }
}
