/// Turns the reports of a HID POS scanner into scans (HID Point of Sale Usage Tables 1.02, page 8C).
///
/// Where the byte count, the symbology, the data and "more follows" are comes from the device's report descriptor. They may
/// be in different reports: what a report without data says holds for the next report with data.
///
/// Without a byte count the data field of a scan's last report ends at its last byte that is not NUL, since fields are
/// filled up with NUL; a report that says that more follows is full, so its field is taken whole.
package struct HIDPOSDecoder: Sendable {
    /// What a report without data said about the data to come.
    private struct Announcement {
        var bytesLeft: Int?
        var aim: AIMIdentifier?
        var more: Bool?
        var until: ContinuousClock.Instant
    }

    package let descriptor: HIDReportDescriptor
    private let limits: HIDPOSLimits
    /// The layouts of the reports that matter, and the place of each report id in them; 255 where there is none.
    private var layouts: [HIDPOSLayout] = []
    private var places = [UInt8](repeating: 255, count: 256)
    private var assembly: HIDPOSAssembly
    private var announcement: Announcement?
    /// What came of the answer to a command.
    private var answer: [UInt8] = []
    private var revision: [UInt8]?

    /// - Throws: ``DevicesError`` `.notAScanner`, with the reason.
    package init(descriptor: HIDReportDescriptor, limits: HIDPOSLimits = .standard) throws(DevicesError) {
        self.descriptor = descriptor
        self.limits = limits
        assembly = HIDPOSAssembly(limits: limits)
        let found = descriptor.reports(.input).map { (id: $0.key.id, layout: HIDPOSLayout($0, of: descriptor)) }
        guard found.contains(where: { !$0.layout.data.isEmpty }) else { throw Self.rejection(of: descriptor) }
        for (id, layout) in found where Self.matters(layout, among: found.map(\.layout)) && layouts.count < 255 {
            places[Int(id)] = UInt8(layouts.count)
            layouts.append(layout)
        }
    }

    /// Reads one report as it came from the endpoint, its id included where the device uses ids.
    package mutating func decode(report: [UInt8], at now: ContinuousClock.Instant) -> HIDPOSOutcome {
        guard let first = report.first else { return .ignored(.emptyReport) }
        let id = descriptor.usesReportIDs ? first : 0
        let place = Int(places[Int(id)])
        guard place < layouts.count, id != 0 || !descriptor.usesReportIDs else {
            let isKnown = descriptor.report(.input, id: id) != nil
            return .ignored(isKnown ? .otherReport(id: id) : .unknownReport(id: id))
        }
        if let announced = announcement, announced.until < now { announcement = nil }
        guard !layouts[place].data.isEmpty else { return announce(layouts[place], report, at: now) }
        return take(layouts[place], report, at: now)
    }

    /// When the scan under way will be given up; `nil` when none is.
    package var deadline: ContinuousClock.Instant? { assembly.deadline }

    /// Scans whose last report never came.
    package var abandonedScans: Int { assembly.abandoned }

    /// Gives up a scan whose next report is overdue. ``decode(report:at:)`` does so as well.
    package mutating func expire(at now: ContinuousClock.Instant) {
        assembly.expire(at: now)
    }

    /// - Returns: why a label was not given since this was asked last; `nil` when each was.
    package mutating func takeLoss() -> HIDPOSIgnored? { assembly.takeLoss() }

    /// - Returns: what the scanner has answered to the question for its revision since this was asked last.
    package mutating func takeRevision() -> [UInt8]? { revision.take() }

    /// Forgets the scan under way: the device was unplugged or reset.
    package mutating func reset() {
        assembly.abandon()
        _ = assembly.takeLoss()
        announcement = nil
        answer = []
        revision = nil
    }

    private mutating func announce(
        _ layout: HIDPOSLayout, _ report: [UInt8], at now: ContinuousClock.Instant
    ) -> HIDPOSOutcome {
        let until = now + limits.fragmentWait
        var next = announcement ?? Announcement(until: until)
        next.until = until
        if let slot = layout.byteCount { next.bytesLeft = slot.read(report) }
        if let slot = layout.more { next.more = slot.read(report) != 0 }
        if !layout.aim.isEmpty { next.aim = layout.identifier(in: report) }
        announcement = next
        return .more
    }

    private mutating func take(
        _ layout: HIDPOSLayout, _ report: [UInt8], at now: ContinuousClock.Instant
    ) -> HIDPOSOutcome {
        let aim = layout.aim.isEmpty ? announcement?.aim : layout.identifier(in: report)
        let vendorCode = layout.vendorCode.map { UInt8(truncatingIfNeeded: $0.read(report)) }
        let said = layout.more.map { $0.read(report) != 0 } ?? announcement?.more
        let (data, fault) = data(layout, report, more: said ?? false)
        let more = said ?? (announcement?.bytesLeft ?? 0 > 0)
        let until = now + limits.fragmentWait
        if more { announcement?.until = until } else { announcement = nil }
        if let aim, Self.isCommandAnswer(aim, vendorCode) {
            collect(data, isStatus: aim.code == Self.statusCode)
            return .ignored(.commandAnswer)
        }
        let fragment = HIDPOSAssembly.Fragment(data: data, aim: aim, vendorCode: vendorCode, more: more, fault: fault)
        return assembly.take(fragment, at: now)
    }

    /// The data bytes of a report, or why they cannot be trusted: a label cut short might be somebody else's.
    private mutating func data(
        _ layout: HIDPOSLayout, _ report: [UInt8], more: Bool
    ) -> (ArraySlice<UInt8>, HIDPOSIgnored?) {
        let available = layout.available(in: report)
        var count = layout.capacity
        if let slot = layout.byteCount {
            count = slot.read(report)
            guard count <= layout.capacity else {
                return ([], .byteCountTooLarge(declared: count, capacity: layout.capacity))
            }
        } else if let left = announcement?.bytesLeft {
            count = min(left, layout.capacity)
            announcement?.bytesLeft = left - count
        } else if !more {
            let bytes = layout.read(available, of: report)
            return (bytes[..<((bytes.lastIndex { $0 != 0 } ?? bytes.startIndex - 1) + 1)], nil)
        }
        guard count <= available, !isContinuationCut(layout, report, count: count) else { return ([], .truncated) }
        return (layout.read(count, of: report), nil)
    }

    /// A full data field whose "more follows" did not arrive may be the beginning of a longer label.
    private func isContinuationCut(_ layout: HIDPOSLayout, _ report: [UInt8], count: Int) -> Bool {
        guard let more = layout.more, count == layout.capacity else { return false }
        return !more.isPresent(in: report)
    }

    /// Honeywell scanners answer menu commands in the report of scans: the text as "]X0" with their code "?", the closing
    /// line as "]Z6".
    private static func isCommandAnswer(_ aim: AIMIdentifier, _ vendorCode: UInt8?) -> Bool {
        switch (aim.code, aim.modifier) {
        case (0x58, 0x30): return vendorCode == 0x3F
        case (statusCode, 0x36): return true
        default: return false
        }
    }

    private static let statusCode: UInt8 = 0x5A
    /// The closing line of the answer to the question for the revision: the command, and that it was known.
    private static let revisionStatus = Array("REVINF".utf8) + [0x06]

    /// Puts an answer together. What no closing line follows is the beginning of the next one's, and shown with it.
    private mutating func collect(_ data: ArraySlice<UInt8>, isStatus: Bool) {
        guard isStatus else {
            if answer.count + data.count <= limits.answerBytesMax { answer += data }
            return
        }
        if data.starts(with: Self.revisionStatus), !answer.isEmpty { revision = answer }
        answer = []
    }

    /// A report matters when it has data, or something that no report with data has.
    private static func matters(_ layout: HIDPOSLayout, among all: [HIDPOSLayout]) -> Bool {
        guard layout.data.isEmpty else { return true }
        let carriers = all.filter { !$0.data.isEmpty }
        return (!layout.aim.isEmpty && carriers.allSatisfy(\.aim.isEmpty))
            || (layout.more != nil && carriers.allSatisfy { $0.more == nil })
            || (layout.byteCount != nil && carriers.allSatisfy { $0.byteCount == nil })
    }
}
