/// The state machine of a report descriptor: items in, collections and reports out (HID 1.11, section 6.2.2.1).
struct HIDDescriptorParser {
    private(set) var collections: [HIDCollection] = []
    private(set) var reports: [HIDReport] = []
    private(set) var places: [HIDReport.Key: Int] = [:]
    private(set) var usesReportIDs = false

    private let limits: HIDLimits
    private var globals = HIDGlobalItems()
    private var pushed: [HIDGlobalItems] = []
    private var locals = HIDLocalItems()
    private var openCollections: [Int] = []

    init(limits: HIDLimits) {
        self.limits = limits
    }

    mutating func take(_ item: HIDItem) throws(DevicesError) {
        switch item.tag {
        case .input: try addField(.input, item)
        case .output: try addField(.output, item)
        case .feature: try addField(.feature, item)
        case .collection: try openCollection(item)
        case .endCollection: try closeCollection(item)
        case .push: try push(item)
        case .pop: try pop(item)
        case .reportID: try setReportID(item)
        case .usage, .usageMinimum, .usageMaximum, .delimiter:
            try locals.take(item, page: globals.usagePage, limits: limits)
        default: globals.take(item)
        }
    }

    /// - Parameter offset: where the descriptor ended.
    func finish(at offset: Int) throws(DevicesError) {
        guard openCollections.isEmpty else {
            throw DevicesError(
                .descriptorMalformed, "The report descriptor ends with \(openCollections.count) open collections",
                byteOffset: offset)
        }
    }

    private mutating func openCollection(_ item: HIDItem) throws(DevicesError) {
        guard openCollections.count < limits.collectionDepthMax else {
            throw DevicesError(
                .descriptorTooLarge, "Collections are nested more than \(limits.collectionDepthMax) deep",
                byteOffset: item.offset)
        }
        let usages = locals.finish(page: globals.usagePage)
        let place = collections.count
        let parent = openCollections.last
        collections.append(
            HIDCollection(
                kind: HIDCollection.Kind(rawValue: UInt8(truncatingIfNeeded: item.unsigned)), usage: usages[0],
                parent: parent, top: parent.map { collections[$0].top } ?? place))
        openCollections.append(place)
    }

    private mutating func closeCollection(_ item: HIDItem) throws(DevicesError) {
        locals = HIDLocalItems()
        guard openCollections.popLast() != nil else {
            throw DevicesError(.descriptorMalformed, "No collection is open that could end", byteOffset: item.offset)
        }
    }

    private mutating func push(_ item: HIDItem) throws(DevicesError) {
        guard pushed.count < limits.pushDepthMax else {
            throw DevicesError(
                .descriptorTooLarge, "More than \(limits.pushDepthMax) states are pushed", byteOffset: item.offset)
        }
        pushed.append(globals)
    }

    private mutating func pop(_ item: HIDItem) throws(DevicesError) {
        guard let state = pushed.popLast() else {
            throw DevicesError(
                .descriptorMalformed, "No state was pushed that could be popped", byteOffset: item.offset)
        }
        globals = state
    }

    private mutating func setReportID(_ item: HIDItem) throws(DevicesError) {
        guard let id = UInt8(exactly: item.unsigned), id != 0 else {
            throw DevicesError(
                .descriptorMalformed, "\(item.unsigned) is no report id; they are 1 to 255", byteOffset: item.offset)
        }
        globals.reportID = id
        usesReportIDs = true
    }

    private mutating func addField(_ kind: HIDReport.Kind, _ item: HIDItem) throws(DevicesError) {
        let usages = locals.finish(page: globals.usagePage)
        // Elements without bits take no room in the report and carry nothing.
        guard globals.reportSize > 0, globals.reportCount > 0 else { return }
        let key = HIDReport.Key(kind, id: globals.reportID)
        let place = place(of: key)
        let bitsLeft = limits.reportBytesMax * 8 - reports[place].bitCount
        guard globals.reportSize <= bitsLeft, globals.reportCount <= bitsLeft,
            Int(globals.reportSize) * Int(globals.reportCount) <= bitsLeft
        else {
            throw DevicesError(
                .descriptorTooLarge, "A report is longer than \(limits.reportBytesMax) bytes", byteOffset: item.offset)
        }
        let field = globals.field(
            bitOffset: reports[place].bitCount, usages: usages, flags: HIDField.Flags(rawValue: item.unsigned),
            collection: openCollections.last)
        reports[place].fields.append(field)
        reports[place].bitCount += field.bitCount
    }

    private mutating func place(of key: HIDReport.Key) -> Int {
        if let place = places[key] { return place }
        reports.append(HIDReport(key: key))
        places[key] = reports.count - 1
        return reports.count - 1
    }
}
