/// What a device says about its reports (HID 1.11, section 6.2.2).
package struct HIDReportDescriptor: Sendable, Equatable {
    /// All collections, outer ones before inner ones.
    package let collections: [HIDCollection]
    /// All reports, in the order in which the descriptor begins them.
    package let reports: [HIDReport]
    /// Whether each report begins with its id.
    package let usesReportIDs: Bool
    private let places: [HIDReport.Key: Int]

    /// Reads a descriptor. The bytes come from a stranger: nothing in them is trusted, and the work is linear in their number.
    /// - Throws: ``DevicesError`` `.descriptorMalformed` or `.descriptorTooLarge`, with the place.
    package init(_ bytes: [UInt8], limits: HIDLimits = .standard) throws(DevicesError) {
        var reader = try HIDItemReader(bytes, limits: limits)
        var parser = HIDDescriptorParser(limits: limits)
        while let item = try reader.next() { try parser.take(item) }
        try parser.finish(at: reader.offset)
        collections = parser.collections
        reports = parser.reports
        places = parser.places
        usesReportIDs = parser.usesReportIDs
    }

    package func report(_ kind: HIDReport.Kind, id: UInt8) -> HIDReport? {
        places[HIDReport.Key(kind, id: id)].map { reports[$0] }
    }

    package func reports(_ kind: HIDReport.Kind) -> [HIDReport] {
        reports.filter { $0.key.kind == kind }
    }

    /// The layout of a report that arrived; `nil` when the descriptor has no such report.
    package func inputReport(for bytes: [UInt8]) -> HIDReport? {
        guard usesReportIDs else { return report(.input, id: 0) }
        guard let id = bytes.first, id != 0 else { return nil }
        return report(.input, id: id)
    }

    /// The collections around a field, the outermost first.
    package func path(of field: HIDField) -> [HIDCollection] {
        var path: [HIDCollection] = []
        var place = field.collection
        while let index = place {
            path.append(collections[index])
            place = collections[index].parent
        }
        return path.reversed()
    }

    /// The usage of the outermost collection around a field: what kind of device the field belongs to.
    package func application(of field: HIDField) -> HIDUsage? {
        field.collection.flatMap { collections[collections[$0].top].usage }
    }
}
