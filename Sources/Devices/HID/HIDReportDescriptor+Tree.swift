extension HIDReportDescriptor {
    /// A report descriptor as a person reads it: an item a line, its bytes in front, collections indented.
    ///
    /// It takes what ``init(_:limits:)`` refuses as well, up to where it breaks.
    /// - Returns: the lines, and why they end before the descriptor does.
    package static func tree(
        of bytes: [UInt8], limits: HIDLimits = .standard
    ) -> (lines: [String], error: DevicesError?) {
        var lines: [String] = []
        var tree = HIDItemTree()
        do throws(DevicesError) {
            var reader = try HIDItemReader(bytes, limits: limits)
            while let item = try reader.next() {
                lines.append(tree.line(for: item, bytes: bytes[item.offset..<reader.offset]))
            }
            return (lines, nil)
        } catch {
            return (lines, error)
        }
    }
}

/// Writes the items of a report descriptor one below the other.
private struct HIDItemTree {
    private var depth = 0
    private var page: UInt16 = 0

    /// Deeper than any sound descriptor; what is deeper stands beside it.
    private static let depthMax = 16
    /// The bytes of the longest short item, as text.
    private static let bytesColumns = 16

    mutating func line(for item: HIDItem, bytes: ArraySlice<UInt8>) -> String {
        if item.tag == .endCollection { depth = max(0, depth - 1) }
        if item.tag == .usagePage { page = UInt16(truncatingIfNeeded: item.unsigned) }
        let digits = bytes.prefix(5).hexadecimal
        let column = digits + String(repeating: " ", count: max(1, Self.bytesColumns - digits.utf8.count))
        let indent = String(repeating: "  ", count: min(depth, Self.depthMax))
        if item.tag == .collection { depth += 1 }
        return column + indent + words(for: item)
    }

    private func words(for item: HIDItem) -> String {
        switch item.tag {
        case .usagePage: "usage page \(Self.hexadecimal(item.unsigned))\(Self.pageName(page).map { " (\($0))" } ?? "")"
        case .usage: "usage \(usage(item))"
        case .usageMinimum: "usage minimum \(usage(item))"
        case .usageMaximum: "usage maximum \(usage(item))"
        case .collection: "collection (\(Self.collectionName(item.unsigned)))"
        case .endCollection: "end collection"
        case .input: "input (\(Self.flags(item.unsigned)))"
        case .output: "output (\(Self.flags(item.unsigned)))"
        case .feature: "feature (\(Self.flags(item.unsigned)))"
        case .logicalMinimum: "logical minimum \(item.signed)"
        case .logicalMaximum: "logical maximum \(item.signed)"
        case .physicalMinimum: "physical minimum \(item.signed)"
        case .physicalMaximum: "physical maximum \(item.signed)"
        case .reportSize: "report size \(item.unsigned)"
        case .reportCount: "report count \(item.unsigned)"
        case .reportID: "report id \(item.unsigned)"
        case .push: "push"
        case .pop: "pop"
        case .delimiter: "delimiter \(item.unsigned)"
        case .long: "long item"
        default: "item \(Self.hexadecimal(UInt32(item.tag.rawValue))), data \(item.unsigned)"
        }
    }

    /// A usage of four bytes brings its page along (HID 1.11, section 6.2.2.8).
    private func usage(_ item: HIDItem) -> String {
        let usage =
            item.dataBytes == 4
            ? HIDUsage(rawValue: item.unsigned) : HIDUsage(page: page, id: UInt16(truncatingIfNeeded: item.unsigned))
        return usage.description + (usage.name.map { " (\($0))" } ?? "")
    }

    private static func hexadecimal(_ number: UInt32) -> String {
        let digits = String(number, radix: 16)
        return digits.utf8.count < 2 ? "0" + digits : digits
    }

    private static func pageName(_ page: UInt16) -> String? {
        switch page {
        case 0x01: "generic desktop"
        case 0x07: "keyboard"
        case 0x08: "LEDs"
        case 0x09: "buttons"
        case 0x0C: "consumer"
        case 0x14: "alphanumeric display"
        case 0x8C: "bar code scanner"
        case 0x8D: "scale"
        case 0x8E: "magnetic stripe reader"
        case 0xFF00...0xFFFF: "the maker's own"
        default: nil
        }
    }

    /// HID 1.11, section 6.2.2.6.
    private static func collectionName(_ kind: UInt32) -> String {
        let names = ["physical", "application", "logical", "report", "named array", "usage switch", "usage modifier"]
        return kind < names.count ? names[Int(kind)] : "kind \(kind)"
    }

    /// HID 1.11, section 6.2.2.5.
    private static func flags(_ bits: UInt32) -> String {
        let names: [(bit: UInt32, clear: String?, set: String?)] = [
            (0, "data", "constant"), (1, "array", "variable"), (2, nil, "relative"), (3, nil, "wrap"),
            (4, nil, "not linear"), (5, nil, "no preferred state"), (6, nil, "null state"), (7, nil, "volatile"),
            (8, nil, "buffered bytes"),
        ]
        return names.compactMap { bits >> $0.bit & 1 == 1 ? $0.set : $0.clear }.joined(separator: ", ")
    }
}
