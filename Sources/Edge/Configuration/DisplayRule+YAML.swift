import Devices

extension DisplayRule {
    private static let keys = [
        "device", "dialect", "chip", "baud", "data_bits", "parity", "stop_bits", "rows", "columns", "brightness",
        "commands",
    ]

    /// Reads an entry of `serial_displays`: a device that is a customer display on a serial line.
    init(_ section: ConfigurationReader) throws {
        try section.allowOnly(Self.keys)
        guard let text = try section.string("device"), let device = DeviceSelector(text) else {
            throw section.mistake(
                "'\(section.place)' needs a device: a port path (1-4.2), vendor:product (067b:2303) or serial:NUMBER, as "
                    + "\"countertop debug list\" shows them.")
        }
        let names = DisplayDialect.known.keys.sorted().joined(separator: ", ")
        let named = try section.value("dialect", known: "one of \(names)") { DisplayDialect.known[$0] }
        guard var dialect = named else {
            throw section.mistake("'\(section.place)' needs a dialect: one of \(names). The display's manual names it.")
        }
        try section.section("commands").map { try dialect.apply($0) }
        let size = try DisplaySize(section)
        guard dialect.canPlace(rowsOf: size) else {
            throw section.mistake(
                "The dialect \(dialect.name) cannot write to \(size.rows) rows of \(size.columns). Name another, such as "
                    + "cd5220-4x20, or give it a row's command with {row} in it.")
        }
        self.init(device: device, dialect: dialect, size: size)
        line = try SerialLineSettings(section, else: dialect.line)
        carrier = try SerialCarrier.named(in: section)
        brightness = try section.integer("brightness", in: 1...4)
    }
}

extension DisplayDialect {
    /// Takes a store's own commands.
    fileprivate mutating func apply(_ section: ConfigurationReader) throws {
        try section.allowOnly([
            "initialise", "clear", "rows", "brightness", "brightness_levels", "blink", "cursor_show", "cursor_hide",
            "cursor_place", "pages",
        ])
        let rows = try section.list("rows") { text throws(ListFault) in try Self.template(text) }
        let pages = try section.section("pages").map { try Self.pages($0) }
        let initialise = try section.template("initialise")
        let clear = try section.template("clear")
        let brightness = try section.template("brightness")
        let levels = try section.template("brightness_levels").map { $0.bytes() }
        guard levels.map({ $0.count == DisplayLimits.levels.count }) ?? true else {
            throw section.mistake(
                "'\(section.place).brightness_levels' must be \(DisplayLimits.levels.count) bytes, the darkest first.",
                atValueOf: "brightness_levels")
        }
        let blink = try section.template("blink")
        let cursor = try Self.cursor(section)
        do throws(DevicesError) {
            var own = try DisplayDialect(
                name: name, initialise: initialise ?? self.initialise,
                clear: clear ?? self.clear, rows: rows ?? self.rows,
                brightness: brightness ?? self.brightness, pages: pages ?? self.pages)
            own.line = line
            own.brightnessLevels = levels ?? brightnessLevels
            own.blink = blink ?? self.blink
            own.cursor = self.cursor
            if let cursor { own.cursor = try Cursor(show: cursor.show, hide: cursor.hide, place: cursor.place) }
            self = own
        } catch {
            throw section.mistake("'\(section.place)' cannot be used. \(error.message)")
        }
    }

    private static func cursor(
        _ section: ConfigurationReader
    ) throws -> (show: ByteTemplate, hide: ByteTemplate, place: ByteTemplate)? {
        let show = try section.template("cursor_show")
        let hide = try section.template("cursor_hide")
        let place = try section.template("cursor_place")
        if let show, let hide, let place { return (show, hide, place) }
        guard show == nil, hide == nil, place == nil else {
            throw section.mistake(
                "'\(section.place)' says only a part of a cursor. Give cursor_show, cursor_hide and cursor_place together."
            )
        }
        return nil
    }

    private static func template(_ text: String) throws(ListFault) -> ByteTemplate {
        do throws(DevicesError) {
            return try ByteTemplate(text)
        } catch {
            throw ListFault(words: error.message)
        }
    }

    private static func pages(_ section: ConfigurationReader) throws -> [(page: CodePage, command: ByteTemplate)] {
        try section.keys.map { name in
            guard let page = CodePage.named(name) else {
                let known = CodePage.all.map(\.name).joined(separator: ", ")
                throw section.mistake("'\(name)' is no code page that is known here. There are \(known).")
            }
            return (page, try section.template(name) ?? ByteTemplate(""))
        }
    }
}

extension ConfigurationReader {
    /// The command of a display.
    fileprivate func template(_ key: String) throws -> ByteTemplate? {
        guard let text = try string(key) else { return nil }
        do throws(DevicesError) {
            return try ByteTemplate(text)
        } catch {
            throw mistake(error.message, atValueOf: key)
        }
    }
}
