extension WedgeDecoder {
    /// The keys that a report says are down, by their usages, for people who look for a fault. It shows scanned data.
    package func describe(_ report: [UInt8]) -> [(name: String, value: String)] {
        guard let layout = layout(of: report) else { return descriptor.describe(report) }
        var reader = WedgeKeyReader(layout: layout)
        guard reader.take(report) else { return [("keys", "too many at once")] }
        let modifiers = Self.modifierNames.indices.filter { reader.held.modifiers.rawValue >> UInt8($0) & 1 == 1 }
        let keys = reader.fresh.map { HIDUsage(page: HIDUsage.keyPage, id: UInt16($0)).description }
        return [
            ("modifiers", modifiers.map { Self.modifierNames[$0] }.joined(separator: ", ")),
            ("keys", keys.joined(separator: " ")),
        ]
    }

    private static let modifierNames = [
        "left Ctrl", "left Shift", "left Alt", "left GUI", "right Ctrl", "right Shift", "AltGr", "right GUI",
    ]
}
