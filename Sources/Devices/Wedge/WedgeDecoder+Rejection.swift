extension WedgeDecoder {
    /// Says why a descriptor is no keyboard's.
    static func rejection(of descriptor: HIDReportDescriptor) -> DevicesError {
        let tops = descriptor.collections.filter { $0.parent == nil }.compactMap(\.usage)
        if let keyboard = tops.first(where: { WedgeKeyLayout.isKeyboard($0) }) {
            return DevicesError(
                .notAKeyboard, "The collection \(keyboard) has no input report with letters and digits of page 07")
        }
        let found = tops.isEmpty ? "none" : tops.prefix(8).map(\.description).joined(separator: ", ")
        return DevicesError(
            .notAKeyboard, "No collection is a keyboard's (01:06) or a keypad's (01:07). Found: \(found)")
    }
}
