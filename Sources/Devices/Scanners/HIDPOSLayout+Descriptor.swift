extension HIDPOSLayout {
    /// Finds the parts of a scan in an input report, wherever its descriptor puts them.
    init(_ report: HIDReport, of descriptor: HIDReportDescriptor) {
        let fields = report.fields.filter { !$0.isConstant && Self.isScanner(descriptor.application(of: $0)) }
        for field in fields { appendData(of: field) }
        finish()
        let identifiers = HIDUsage.Scanner.symbology.compactMap { Self.element($0, in: fields) }
        if identifiers.count == 3 { aim = identifiers.map(Slot.init) }
        more = Self.element(HIDUsage.Scanner.dataContinued, in: fields).map(Slot.init)
        byteCount = Self.byteCount(in: fields, before: data.first?.bitOffset)
        if !data.isEmpty { vendorCode = Self.vendorCode(in: fields) }
        // A byte count alone may count anything.
        if data.isEmpty, aim.isEmpty, more == nil { byteCount = nil }
    }

    /// A scanner is page 8C, usages 02 to 05. Keyboards misuse the page's usages 01 and 06.
    static func isScanner(_ application: HIDUsage?) -> Bool {
        guard let application else { return false }
        return application.page == HIDUsage.Scanner.page && HIDUsage.Scanner.applications.contains(application.id)
    }

    private static func element(_ usage: HIDUsage, in fields: [HIDField]) -> HIDElement? {
        for field in fields {
            if let index = field.firstIndex(of: usage) { return HIDElement(field: field, index: index) }
        }
        return nil
    }

    /// The last byte count in front of the data, or the first anywhere.
    private static func byteCount(in fields: [HIDField], before data: Int?) -> Slot? {
        let counts = fields.compactMap { field in
            field.firstIndex(of: .byteCount).map { HIDElement(field: field, index: $0) }
        }
        let inFront = counts.last { $0.bitOffset < data ?? 0 }
        return (inFront ?? counts.first).map(Slot.init)
    }

    private static func vendorCode(in fields: [HIDField]) -> Slot? {
        for field in fields where field.bitSize == 8 && field.usage(at: 0)?.isVendorDefined == true {
            return Slot(HIDElement(field: field, index: 0))
        }
        return nil
    }

    private mutating func appendData(of field: HIDField) {
        // Elements wider than a byte that are no whole bytes cannot hold text.
        guard field.bitSize % 8 == 0 || field.bitSize < 8 else { return }
        let step = min(field.bitSize, 8)
        let elementBytes = max(1, field.bitSize / 8)
        guard let elements = Self.dataElements(of: field) else { return }
        append(
            Segment(
                bitOffset: field.bitOffset + elements.lowerBound * field.bitSize, stepBits: step,
                byteCount: elements.count * elementBytes))
    }

    /// The elements of a field that are decoded data. The usage stands for all that follow it when it is the last one; an
    /// array field counts as data when that is its only usage.
    private static func dataElements(of field: HIDField) -> Range<Int>? {
        let usage = HIDUsage.Scanner.decodedData
        if field.isArray { return field.usages == HIDUsageList([usage]) ? 0..<field.count : nil }
        guard let first = field.firstIndex(of: usage) else { return nil }
        return first..<(field.usages.last == usage ? field.count : first + 1)
    }

    private mutating func append(_ segment: Segment) {
        if let last = data.last, last.stepBits == segment.stepBits,
            last.bitOffset + last.byteCount * last.stepBits == segment.bitOffset
        {
            data[data.count - 1] = Segment(
                bitOffset: last.bitOffset, stepBits: last.stepBits, byteCount: last.byteCount + segment.byteCount)
        } else {
            data.append(segment)
        }
    }
}
