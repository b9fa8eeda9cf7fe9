extension HIDReportDescriptor {
    /// The fields of an input report with their names, for people who look for a fault. It shows what the report holds.
    ///
    /// Neighbours for the same usage are shown as one: bytes as text where they are text, else in hexadecimal digits.
    package func describe(_ report: [UInt8]) -> [(name: String, value: String)] {
        guard let layout = inputReport(for: report) else {
            return report.isEmpty ? [] : [("unknown report", report.hexadecimal)]
        }
        var lines: [(name: String, value: String)] = []
        if usesReportIDs { lines.append(("report", String(layout.key.id))) }
        for field in layout.fields where !field.isConstant {
            describe(field, report, into: &lines)
        }
        return lines
    }

    private func describe(_ field: HIDField, _ report: [UInt8], into lines: inout [(name: String, value: String)]) {
        var index = 0
        while index < field.count, field.isPresent(at: index, in: report) {
            let usage = field.usage(at: index)
            var end = index + 1
            while end < field.count, field.usage(at: end) == usage, field.isPresent(at: end, in: report) { end += 1 }
            let values = (index..<end).map { field.value(at: $0, in: report) }
            lines.append((Self.name(of: usage ?? field.usages[0]), Self.text(values, bitSize: field.bitSize)))
            index = end
        }
    }

    private static func name(of usage: HIDUsage?) -> String {
        guard let usage else { return "no usage" }
        return usage.name ?? usage.description
    }

    private static func text(_ values: [Int], bitSize: Int) -> String {
        if values.count == 1, bitSize != 8 || !(0x21...0x7E).contains(values[0]) { return String(values[0]) }
        guard bitSize == 8 else { return values.map(String.init).joined(separator: " ") }
        let bytes = values.map { UInt8(truncatingIfNeeded: $0) }
        let filled = bytes[..<((bytes.lastIndex { $0 != 0 } ?? -1) + 1)]
        if filled.allSatisfy({ (0x20...0x7E).contains($0) }) { return "\"\(String(decoding: filled, as: UTF8.self))\"" }
        return filled.hexadecimal
    }
}
