extension HIDPOSDecoder {
    /// The parts of a report with their names, for people who look for a fault. It shows scanned data.
    package func describe(_ report: [UInt8]) -> [(name: String, value: String)] {
        descriptor.describe(report)
    }
}
