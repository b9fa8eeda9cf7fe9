extension DisplayDialect {
    /// The dialects that are known, by their names.
    package static let known: [String: DisplayDialect] = {
        var known: [String: DisplayDialect] = [:]
        for row in table {
            guard let dialect = try? DisplayDialect(row) else { continue }
            known[dialect.name] = dialect
        }
        return known
    }()

    private struct Row: Sendable {
        let name: String
        let initialise: String
        var clear: String?
        let rows: [String]
        var brightness: String?
        var levels: [UInt8] = [1, 2, 3, 4]
        var blink: String?
        /// What shows the cursor, hides it and places it.
        var cursor: (show: String, hide: String, place: String)?
        /// The numbers of the code pages, and the command in front of the number.
        var pages: [(number: UInt8, page: CodePage)] = []
        var choice = "1B 74"
        var parity = SerialLineSettings.Parity.none
    }

    private init(_ row: Row) throws(DevicesError) {
        var pages: [(page: CodePage, command: ByteTemplate)] = []
        for (number, page) in row.pages {
            let digits = String(number, radix: 16)
            pages.append((page, try ByteTemplate("\(row.choice) \(digits.count < 2 ? "0" : "")\(digits)")))
        }
        var rows: [ByteTemplate] = []
        for text in row.rows { rows.append(try ByteTemplate(text)) }
        try self.init(
            name: row.name, initialise: ByteTemplate(row.initialise), clear: Self.template(row.clear), rows: rows,
            brightness: Self.template(row.brightness), pages: pages)
        brightnessLevels = row.levels
        blink = try Self.template(row.blink)
        if let cursor = row.cursor {
            self.cursor = try Cursor(
                show: ByteTemplate(cursor.show), hide: ByteTemplate(cursor.hide), place: ByteTemplate(cursor.place))
        }
        line.parity = row.parity
    }

    private static func template(_ text: String?) throws(DevicesError) -> ByteTemplate? {
        guard let text else { return nil }
        return try ByteTemplate(text)
    }

    /// The numbers that Epson's DM-D110 and Bixolon's displays both give a meaning to, with Bixolon's meaning, and 0 first:
    /// it is what both have after power came.
    private static let epsonPages: [(UInt8, CodePage)] = [
        (0, .cp437), (2, .cp850), (3, .cp860), (4, .cp863), (5, .cp865), (0x10, .cp1252), (0x11, .cp866),
        (0x12, .cp852),
        (0x13, .cp858),
    ]

    private static let epsonCursor = ("1F 43 01", "1F 43 00", "1F 24 {column} {row}")
    private static let cd5220Cursor = ("1B 5F 01", "1B 5F 00", "1B 6C {column} {row}")

    /// A dialect has no more than what was read of it: no blinking but Epson's, and no cursor of Wincor's that can be hidden.
    ///
    /// - epson: DM-D110 specification sheets 42 to 45, and the "EPSON mode" of most others.
    /// - digipos: the same family with its own start and pages (WebSerialCustomerDisplay).
    /// - cd5220: lcdproc's driver; "cd5220-4x20" places rows by the cursor, since the line commands know two.
    /// - logic-controls, aedex: lcdproc's drivers. AEDEX writes its lines without a cursor and keeps its attention code.
    /// - wincor: BA63 and BA66. That their lines have odd parity is read of users; their commands, which follow ANSI X3.64,
    ///   were not read in any document of the maker's.
    private static let table: [Row] = [
        Row(
            name: "epson", initialise: "1B 40 1F 01 1F 43 00", clear: "0C", rows: ["1F 24 01 {row} {text}"],
            brightness: "1F 58 {level}", blink: "1F 45 {ticks}", cursor: epsonCursor, pages: epsonPages),
        Row(
            name: "digipos", initialise: "1B 40 1B 3D 01 1F 03 1F 43 00", clear: "0C", rows: ["1F 24 01 {row} {text}"],
            brightness: "1F 58 {level}", cursor: epsonCursor,
            pages: [
                (0, .cp437), (2, .cp850), (3, .cp860), (4, .cp863), (5, .cp865), (0x13, .cp858), (0x1A, .cp1257),
            ]),
        Row(
            name: "cd5220", initialise: "1B 40 1B 5F 00", clear: "0C",
            rows: ["1B 51 41 {text} 0D", "1B 51 42 {text} 0D"], brightness: "1B 2A {level}", cursor: cd5220Cursor),
        Row(
            name: "cd5220-4x20", initialise: "1B 40 1B 5F 00", clear: "0C", rows: ["1B 6C 01 {row} {text}"],
            brightness: "1B 2A {level}", cursor: cd5220Cursor),
        Row(
            name: "logic-controls", initialise: "1F 11 14", rows: ["10 {cell} {text}"], brightness: "04 {level}",
            levels: [0x20, 0x40, 0x60, 0xFF], cursor: ("13", "14", "10 {cell}")),
        Row(name: "aedex", initialise: "", rows: ["21 23 31 {text} 0D", "21 23 32 {text} 0D"]),
        Row(
            name: "wincor", initialise: "", clear: "1B 5B 32 4A", rows: ["1B 5B {row_digits} 3B 31 48 {text}"],
            parity: .odd),
    ]
}
