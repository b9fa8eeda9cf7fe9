/// The state that holds for the next main item alone (HID 1.11, section 6.2.2.8).
struct HIDLocalItems {
    private struct Entry {
        var usages: ClosedRange<HIDUsage>
        /// Declared with four bytes, its page included.
        let isComplete: Bool
    }

    private var entries: [Entry] = []
    private var minimum: HIDItem?
    private var maximum: HIDItem?
    private var isInDelimiter = false
    /// Whether the open set of alternatives has given its usage.
    private var hasTakenAlternative = false

    /// - Parameter page: the usage page in force.
    mutating func take(_ item: HIDItem, page: UInt16, limits: HIDLimits) throws(DevicesError) {
        switch item.tag {
        case .usage:
            let usage = Self.usage(item, page: page)
            try append(Entry(usages: usage...usage, isComplete: item.dataBytes == 4), item, limits)
        case .usageMinimum:
            minimum = item
            try closeRange(item, page: page, limits: limits)
        case .usageMaximum:
            maximum = item
            try closeRange(item, page: page, limits: limits)
        default: try delimit(item)
        }
    }

    /// Ends the state, as every main item does.
    ///
    /// A page that was set after the last usage replaces the page of the usages before it: the standard joins page and
    /// usage at the main item. Only usages declared since the page in force was last used are affected, as in the Linux
    /// kernel (hid_concatenate_last_usage_page), on which descriptors with several pages rely.
    mutating func finish(page: UInt16) -> HIDUsageList {
        for index in entries.indices.reversed() where !entries[index].isComplete {
            if entries[index].usages.lowerBound.page == page { break }
            let usages = entries[index].usages
            entries[index].usages =
                HIDUsage(page: page, id: usages.lowerBound.id)...HIDUsage(page: page, id: usages.upperBound.id)
        }
        var list = HIDUsageList()
        for entry in entries { list.append(entry.usages) }
        self = HIDLocalItems()
        return list
    }

    private mutating func append(_ entry: Entry, _ item: HIDItem, _ limits: HIDLimits) throws(DevicesError) {
        // In a set of alternatives the first is the preferred one, and the only one taken.
        if isInDelimiter {
            if hasTakenAlternative { return }
            hasTakenAlternative = true
        }
        guard entries.count < limits.usagesMax else {
            throw DevicesError(
                .descriptorTooLarge, "One main item has more than \(limits.usagesMax) usages", byteOffset: item.offset)
        }
        entries.append(entry)
    }

    /// Adds the range once both its ends are known. A range that runs backwards or over two pages adds nothing, as in
    /// the Linux kernel.
    private mutating func closeRange(_ item: HIDItem, page: UInt16, limits: HIDLimits) throws(DevicesError) {
        guard let minimum, let maximum else { return }
        (self.minimum, self.maximum) = (nil, nil)
        let isComplete = minimum.dataBytes == 4 || maximum.dataBytes == 4
        let declared = [maximum, minimum].first { $0.dataBytes == 4 }
        let page = declared.map { UInt16($0.unsigned >> 16) } ?? page
        let first = Self.usage(minimum, page: page)
        let last = Self.usage(maximum, page: page)
        guard first <= last, first.page == last.page else { return }
        try append(Entry(usages: first...last, isComplete: isComplete), item, limits)
    }

    private mutating func delimit(_ item: HIDItem) throws(DevicesError) {
        let opens = item.unsigned != 0
        guard opens != isInDelimiter else {
            throw DevicesError(
                .descriptorMalformed, opens ? "Delimiters are nested" : "No delimiter is open that could end",
                byteOffset: item.offset)
        }
        isInDelimiter = opens
        hasTakenAlternative = false
    }

    private static func usage(_ item: HIDItem, page: UInt16) -> HIDUsage {
        item.dataBytes == 4
            ? HIDUsage(rawValue: item.unsigned)
            : HIDUsage(page: page, id: UInt16(truncatingIfNeeded: item.unsigned))
    }
}
