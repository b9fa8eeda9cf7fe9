extension HIDPOSDecoder {
    /// Says why a descriptor is no scanner's. The same usage page serves keyboards as a private channel.
    static func rejection(of descriptor: HIDReportDescriptor) -> DevicesError {
        let tops = descriptor.collections.filter { $0.parent == nil }.compactMap(\.usage)
        let scanners = tops.filter { HIDPOSLayout.isScanner($0) }
        if let scanner = scanners.first {
            return DevicesError(
                .notAScanner, "The collection \(scanner) has no input report with decoded data (8c:fe)")
        }
        if let other = tops.first(where: { $0.page == HIDUsage.Scanner.page }) {
            return DevicesError(
                .notAScanner,
                "The collection \(other) is no scanner's (8c:02 to 8c:05); keyboards use it as a private channel")
        }
        let found = tops.isEmpty ? "none" : tops.prefix(8).map(\.description).joined(separator: ", ")
        return DevicesError(.notAScanner, "No collection is a bar code scanner's (8c:02 to 8c:05). Found: \(found)")
    }
}
