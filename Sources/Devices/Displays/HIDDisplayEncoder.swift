/// Writes text to a HID display (HID Usage Tables, page 14) where its report descriptor says.
///
/// The cursor is set by row and column, in the report of the text or in one of their own; the number of the first row and
/// column is the field's logical minimum. No published descriptor of a commercial pole display is known, so this rests on
/// the usage tables alone.
package struct HIDDisplayEncoder: DisplayEncoder {
    private struct Place {
        let report: HIDReport
        let element: HIDElement
    }

    private let data: HIDReport
    private let dataField: HIDField
    private let byteCount: HIDElement?
    private let row: Place
    private let column: Place
    private let clearing: Place?
    private let light: Place?
    private let cursor: Place?
    private let attributes: HIDReport?

    /// - Throws: ``DevicesError`` `.notADisplay`, with the reason.
    package init(descriptor: HIDReportDescriptor) throws(DevicesError) {
        let writable = descriptor.reports(.output) + descriptor.reports(.feature)
        guard
            descriptor.collections.contains(where: { $0.parent == nil && $0.usage == HIDUsage.Display.display })
        else { throw DevicesError(.notADisplay, "No collection is an alphanumeric display's (14:01)") }
        guard let (data, field) = Self.dataField(in: writable, of: descriptor) else {
            throw DevicesError(.notADisplay, "The display has no report that takes display data (14:2c)")
        }
        // Row and column beside the text come before those of a report of their own.
        let candidates = [data] + writable
        guard let row = Self.place(HIDUsage.Display.row, in: candidates, of: descriptor),
            let column = Self.place(HIDUsage.Display.column, in: candidates, of: descriptor)
        else { throw DevicesError(.notADisplay, "The display has no row and column (14:33, 14:34) to place text with") }
        (self.data, dataField, self.row, self.column) = (data, field, row, column)
        byteCount = data.element(for: .byteCount)
        clearing = Self.place(HIDUsage.Display.clear, in: writable, of: descriptor)
        // A report that holds the text as well would write some where nothing but a trait is told.
        let others = writable.filter { $0.key != data.key }
        light = Self.place(HIDUsage.Display.brightness, in: others, of: descriptor)
        let isPlaced = row.report.key != data.key && column.report.key != data.key
        cursor = isPlaced ? Self.place(HIDUsage.Display.cursorEnable, in: others, of: descriptor) : nil
        attributes = (descriptor.reports(.feature) + descriptor.reports(.input)).first {
            $0.hasSize(in: descriptor)
        }
    }

    /// The report to ask for with GET_REPORT, whose answer goes to ``size(from:)``; `nil` when the display does not tell.
    package var sizeRequest: HIDReport.Key? { attributes?.key }

    /// The length of the answer to ``sizeRequest``, in bytes.
    package var sizeAnswerBytes: Int { attributes?.byteCount ?? 0 }

    /// - Parameter answer: the bytes of the attributes report, its id included where the device uses ids.
    /// - Returns: `nil` when the answer is not that report, or no size a display can have.
    package func size(from answer: [UInt8]) -> DisplaySize? {
        guard let attributes, let rows = attributes.readable(HIDUsage.Display.rows),
            let columns = attributes.readable(HIDUsage.Display.columns), rows.isPresent(in: answer),
            columns.isPresent(in: answer), attributes.key.id == 0 || answer.first == attributes.key.id
        else { return nil }
        return DisplaySize(rows: rows.value(in: answer), columns: columns.value(in: answer))
    }

    /// Of the page's characters no display is known to have more than ASCII.
    package var pages: [CodePage] { [] }

    /// The report that empties the display, and turns it on where that is in the same report; nothing when it has none.
    package func reset() -> [DisplayWrite] {
        guard let clearing else { return [] }
        var bytes = clearing.report.blank()
        clearing.element.set(1, in: &bytes)
        clearing.report.element(for: HIDUsage.Display.enable)?.set(1, in: &bytes)
        return [.report(HIDOutgoingReport(key: clearing.report.key, bytes: bytes))]
    }

    /// Blinking is told to characters one by one (usage 48), of which no display's way is known: it is drawn.
    package var abilities: Set<DisplayAbility> {
        var abilities: Set<DisplayAbility> = []
        if let light, light.element.field.logicalMaximum > light.element.field.logicalMinimum {
            abilities.insert(.brightness)
        }
        if cursor != nil { abilities.insert(.cursor) }
        return abilities
    }

    package var brightness: Int? { nil }

    package func tell(_ trait: DisplayTrait, size: DisplaySize) -> [DisplayWrite] {
        switch trait {
        case .brightness(let level):
            guard let light, abilities.contains(.brightness), DisplayLimits.levels.contains(level) else { return [] }
            let field = light.element.field
            // Evenly over what the field holds; the highest level is its maximum.
            let span = (field.logicalMaximum - field.logicalMinimum) * level / DisplayLimits.levels.upperBound
            return reports([(light, field.logicalMinimum + span)])
        case .cursor(nil):
            return cursor.map { reports([($0, 0)]) } ?? []
        case .cursor(let place?):
            guard let cursor, place.isInside(size) else { return [] }
            return reports([
                (row, row.element.field.logicalMinimum + place.row - 1),
                (column, column.element.field.logicalMinimum + place.column - 1), (cursor, 1),
            ])
        case .blink: return []
        }
    }

    /// The reports that set these values, each once and in their order. A display that is told something stays on.
    private func reports(_ values: [(place: Place, value: Int)]) -> [DisplayWrite] {
        var reports: [HIDOutgoingReport] = []
        for (place, value) in values {
            var bytes = place.report.blank()
            let index = reports.firstIndex { $0.key == place.report.key }
            if let index { bytes = reports[index].bytes }
            place.element.set(value, in: &bytes)
            place.report.element(for: HIDUsage.Display.enable)?.set(1, in: &bytes)
            let report = HIDOutgoingReport(key: place.report.key, bytes: bytes)
            if let index { reports[index] = report } else { reports.append(report) }
        }
        return reports.map { .report($0) }
    }

    /// The reports that write one row of a screen, in their order.
    /// - Parameters:
    ///   - row: from 0.
    ///   - rows: every row of the screen, each as long as the display is wide: see ``DisplayModel/rows``.
    package func write(row: Int, of rows: [DisplayRow], size: DisplaySize) -> [DisplayWrite] {
        guard row >= 0, row < min(size.rows, rows.count) else { return [] }
        let screen = rows.prefix(size.rows).map(\.bytes)
        let room = dataField.count
        var reports: [HIDOutgoingReport] = []
        var column = 0
        while column < size.columns {
            // Without a byte count the field is always full: the last piece of a line begins so early that it ends with it.
            if byteCount == nil, room < size.columns { column = min(column, size.columns - room) }
            reports += piece(row: row, column: column, of: screen, size: size)
            column += room
        }
        return reports.map { .report($0) }
    }

    private func piece(row: Int, column: Int, of screen: [[UInt8]], size: DisplaySize) -> [HIDOutgoingReport] {
        var bytes = data.blank()
        let count = byteCount == nil ? dataField.count : min(dataField.count, size.columns - column)
        byteCount?.set(count, in: &bytes)
        for index in 0..<count {
            // A field longer than the line goes on with what the next lines show, so that it changes none of them.
            let cell = column + index
            let line = screen[(row + cell / size.columns) % screen.count]
            dataField.set(Int(line[cell % size.columns]), at: index, in: &bytes)
        }
        var places: [HIDReport.Key: [UInt8]] = [data.key: bytes]
        for (place, number) in [(self.row, row), (self.column, column)] {
            var report = places[place.report.key] ?? place.report.blank()
            place.element.set(place.element.field.logicalMinimum + number, in: &report)
            places[place.report.key] = report
        }
        // The cursor first, then the text.
        var keys = [self.row.report.key, self.column.report.key, data.key].filter { $0 != data.key } + [data.key]
        if keys.count == 3, keys[0] == keys[1] { keys.removeFirst() }
        return keys.compactMap { key in places[key].map { HIDOutgoingReport(key: key, bytes: $0) } }
    }

    private static func dataField(
        in reports: [HIDReport], of descriptor: HIDReportDescriptor
    ) -> (HIDReport, HIDField)? {
        for report in reports {
            for field in report.fields
            where field.isDisplay(in: descriptor) && field.bitSize >= 7 && field.usages[0] == HIDUsage.Display.data {
                return (report, field)
            }
        }
        return nil
    }

    private static func place(
        _ usage: HIDUsage, in reports: [HIDReport], of descriptor: HIDReportDescriptor
    ) -> Place? {
        for report in reports {
            for field in report.fields where field.isDisplay(in: descriptor) {
                guard let index = field.firstIndex(of: usage) else { continue }
                return Place(report: report, element: HIDElement(field: field, index: index))
            }
        }
        return nil
    }
}

extension HIDField {
    fileprivate func isDisplay(in descriptor: HIDReportDescriptor) -> Bool {
        !isConstant && descriptor.application(of: self) == HIDUsage.Display.display
    }
}

extension HIDReport {
    /// An element for a usage, constant ones included: a display's size is a constant to the host.
    fileprivate func readable(_ usage: HIDUsage) -> HIDElement? {
        for field in fields {
            if let index = field.firstIndex(of: usage) { return HIDElement(field: field, index: index) }
        }
        return nil
    }

    fileprivate func hasSize(in descriptor: HIDReportDescriptor) -> Bool {
        guard let rows = readable(HIDUsage.Display.rows), readable(HIDUsage.Display.columns) != nil else {
            return false
        }
        return descriptor.application(of: rows.field) == HIDUsage.Display.display
    }
}
