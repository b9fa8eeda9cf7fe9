/// Writes rows to a display on a serial line, in its dialect.
///
/// A row goes out as one write, its code page in front when that changes, so that a display that is slow or unplugged in the
/// middle is left with whole rows. Nothing that is sent is kept by a display when power goes: no user characters, no settings.
package struct SerialDisplayEncoder: DisplayEncoder {
    private let dialect: DisplayDialect
    /// 1 to 4; `nil` leaves the display's own.
    package let brightness: Int?
    /// The page the display has chosen; `nil` when that is not known.
    private var page: CodePage?

    package init(dialect: DisplayDialect, brightness: Int? = nil) {
        self.dialect = dialect
        self.brightness = brightness
    }

    package var pages: [CodePage] { dialect.pages.map(\.page) }

    package mutating func reset() -> [DisplayWrite] {
        page = nil
        var bytes = dialect.initialise.bytes() + (dialect.clear?.bytes() ?? [])
        if let brightness { bytes += shining(brightness) }
        return bytes.isEmpty ? [] : [.bytes(bytes)]
    }

    package var abilities: Set<DisplayAbility> {
        var abilities: Set<DisplayAbility> = []
        if dialect.brightness != nil { abilities.insert(.brightness) }
        if dialect.blink != nil { abilities.insert(.blink) }
        if dialect.cursor != nil { abilities.insert(.cursor) }
        return abilities
    }

    package func tell(_ trait: DisplayTrait, size: DisplaySize) -> [DisplayWrite] {
        let bytes =
            switch trait {
            case .brightness(let level): shining(level)
            case .blink(let time): dialect.blink?.bytes { $0 == .ticks ? [Self.ticks(time)] : [] } ?? []
            case .cursor(let cursor): pointing(at: cursor, size)
            }
        return bytes.isEmpty ? [] : [.bytes(bytes)]
    }

    private func shining(_ level: Int) -> [UInt8] {
        guard let command = dialect.brightness, dialect.brightnessLevels.indices.contains(level - 1) else { return [] }
        return command.bytes { $0 == .level ? [dialect.brightnessLevels[level - 1]] : [] }
    }

    private func pointing(at cursor: DisplayCursor?, _ size: DisplaySize) -> [UInt8] {
        guard let commands = dialect.cursor else { return [] }
        guard let cursor, cursor.isInside(size) else { return commands.hide.bytes() }
        let place = commands.place.bytes { place in
            switch place {
            case .row: [UInt8(truncatingIfNeeded: cursor.row)]
            case .rowDigits: Array(String(cursor.row).utf8)
            case .column: [UInt8(truncatingIfNeeded: cursor.column)]
            case .columnDigits: Array(String(cursor.column).utf8)
            case .cell: [UInt8(truncatingIfNeeded: (cursor.row - 1) * size.columns + cursor.column - 1)]
            case .text, .level, .ticks: []
            }
        }
        return place + commands.show.bytes()
    }

    /// 255 would turn an Epson display off.
    private static func ticks(_ time: Duration?) -> UInt8 {
        time.map { UInt8(min(max(1, $0 / .milliseconds(50)), 254)) } ?? 0
    }

    package mutating func write(row: Int, of rows: [DisplayRow], size: DisplaySize) -> [DisplayWrite] {
        guard row >= 0, row < min(size.rows, rows.count), let template = template(of: row) else { return [] }
        var bytes: [UInt8] = []
        if page != rows[row].page, let choice = dialect.pages.first(where: { $0.page == rows[row].page }) {
            page = choice.page
            bytes += choice.command.bytes()
        }
        bytes += template.bytes { place in
            switch place {
            case .row: [UInt8(truncatingIfNeeded: row + 1)]
            case .rowDigits: Array(String(row + 1).utf8)
            case .cell: [UInt8(truncatingIfNeeded: row * size.columns)]
            case .text: rows[row].bytes
            case .column: [1]
            case .columnDigits: Array("1".utf8)
            case .level, .ticks: []
            }
        }
        return [.bytes(bytes)]
    }

    private func template(of row: Int) -> ByteTemplate? {
        row < dialect.rows.count ? dialect.rows[row] : dialect.rows.last
    }
}
