import Testing

@testable import Devices

@Suite struct SerialDisplayEncoderTests {
    private func dialect(_ name: String) throws -> DisplayDialect { try #require(DisplayDialect.known[name]) }

    /// What goes out for two lines, without what was sent at the start.
    private func written(_ name: String, _ lines: [String], columns: Int = 20) throws -> [[UInt8]] {
        var encoder = try SerialDisplayEncoder(dialect: dialect(name))
        let size = try #require(DisplaySize(rows: 2, columns: columns))
        var model = DisplayModel(size: size, pages: encoder.pages)
        _ = encoder.reset()
        return model.show(DisplayScreen(lines), now: .now).flatMap {
            encoder.write(row: $0, of: model.rows, size: size)
        }.map(bytes)
    }

    private func bytes(_ write: DisplayWrite) -> [UInt8] { if case .bytes(let bytes) = write { bytes } else { [] } }

    private func padded(_ text: String) -> [UInt8] {
        Array(text.utf8) + [UInt8](repeating: 0x20, count: 20 - text.utf8.count)
    }

    @Test("Every dialect of the table is understood")
    func knowsDialects() {
        #expect(
            DisplayDialect.known.keys.sorted()
                == ["aedex", "cd5220", "cd5220-4x20", "digipos", "epson", "logic-controls", "wincor"])
    }

    @Test(
        "A row is one write, placed in the dialect's own way",
        arguments: [
            ("epson", [[0x1B, 0x74, 0, 0x1F, 0x24, 1, 1], [0x1F, 0x24, 1, 2]], []),
            ("cd5220", [[0x1B, 0x51, 0x41], [0x1B, 0x51, 0x42]], [0x0D]),
            ("cd5220-4x20", [[0x1B, 0x6C, 1, 1], [0x1B, 0x6C, 1, 2]], []),
            ("logic-controls", [[0x10, 0], [0x10, 20]], []),
            ("aedex", [[0x21, 0x23, 0x31], [0x21, 0x23, 0x32]], [0x0D]),
            ("wincor", [[0x1B, 0x5B, 0x31, 0x3B, 0x31, 0x48], [0x1B, 0x5B, 0x32, 0x3B, 0x31, 0x48]], []),
        ] as [(String, [[UInt8]], [UInt8])])
    func places(name: String, prefixes: [[UInt8]], suffix: [UInt8]) throws {
        let expected = zip(prefixes, ["Welcome", "Kari"]).map { $0 + padded($1) + suffix }
        #expect(try written(name, ["Welcome", "Kari"]) == expected)
    }

    @Test("The code page is chosen when it changes, in front of its row")
    func choosesPage() throws {
        let writes = try written("epson", ["Олена", "Müller"])
        #expect(writes[0].starts(with: [0x1B, 0x74, 0x11, 0x1F, 0x24, 1, 1, 0x8E]))
        #expect(writes[1].starts(with: [0x1B, 0x74, 0x00, 0x1F, 0x24, 1, 2, 0x4D, 0x81]))
    }

    @Test("A display without pages is sent none", arguments: ["cd5220", "aedex", "logic-controls", "wincor"])
    func sendsNoPage(name: String) throws {
        #expect(try written(name, ["Müller", ""]).allSatisfy { !$0.contains(0x74) && $0.allSatisfy { $0 < 0x80 } })
    }

    @Test("At the start the display is emptied and its brightness set, and after a reset the page is sent again")
    func resets() throws {
        var encoder = try SerialDisplayEncoder(dialect: dialect("epson"), brightness: 3)
        #expect(encoder.reset() == [.bytes([0x1B, 0x40, 0x1F, 0x01, 0x1F, 0x43, 0, 0x0C, 0x1F, 0x58, 3])])
        let rows = [DisplayRow("A", columns: 1, pages: encoder.pages)]
        let size = try #require(DisplaySize(rows: 1, columns: 1))
        let first = encoder.write(row: 0, of: rows, size: size)
        #expect(encoder.write(row: 0, of: rows, size: size) == [.bytes([0x1F, 0x24, 1, 1, 0x41])])
        _ = encoder.reset()
        #expect(encoder.write(row: 0, of: rows, size: size) == first)
        var other = try SerialDisplayEncoder(dialect: dialect("logic-controls"), brightness: 4)
        #expect(other.reset() == [.bytes([0x1F, 0x11, 0x14, 0x04, 0xFF])])
    }

    @Test("No dialect writes user characters, which some displays keep in EEPROM")
    func sparesMemory() throws {
        for dialect in DisplayDialect.known.values {
            let start = dialect.initialise.bytes() + (dialect.clear?.bytes() ?? [])
            for pair in zip(start, start.dropFirst()) { #expect(pair != (0x1B, 0x26), "\(dialect.name)") }
        }
    }

    @Test("A dialect whose rows cannot be told apart, or have no text, is refused")
    func refuses() throws {
        let empty = try ByteTemplate("")
        for row in ["0C", "{text} 0D"] {
            #expect(throws: DevicesError.self) {
                try DisplayDialect(
                    name: "x", initialise: empty, clear: nil, rows: [ByteTemplate(row)], brightness: nil, pages: [])
            }
        }
    }

    @Test(
        "Each dialect says what it has of brightness, blinking and a cursor, and nothing of what it lacks",
        arguments: [
            ("epson", "1F 58 02", "1F 45 0A", "1F 24 05 02 1F 43 01", "1F 43 00"),
            ("digipos", "1F 58 02", "", "1F 24 05 02 1F 43 01", "1F 43 00"),
            ("cd5220", "1B 2A 02", "", "1B 6C 05 02 1B 5F 01", "1B 5F 00"),
            ("cd5220-4x20", "1B 2A 02", "", "1B 6C 05 02 1B 5F 01", "1B 5F 00"),
            ("logic-controls", "04 40", "", "10 18 13", "14"), ("aedex", "", "", "", ""), ("wincor", "", "", "", ""),
        ])
    func tellsTraits(name: String, light: String, blink: String, cursor: String, hidden: String) throws {
        let encoder = try SerialDisplayEncoder(dialect: dialect(name))
        func told(_ trait: DisplayTrait) -> [UInt8] { encoder.tell(trait, size: .standard).flatMap(bytes) }
        #expect(told(.brightness(2)) == HIDFixtures.bytes(light))
        #expect(told(.blink(.milliseconds(500))) == HIDFixtures.bytes(blink))
        #expect(told(.cursor(DisplayCursor(row: 2, column: 5))) == HIDFixtures.bytes(cursor))
        #expect(told(.cursor(nil)) == HIDFixtures.bytes(hidden))
        let wanted = [(light, DisplayAbility.brightness), (blink, .blink), (cursor, .cursor)]
        #expect(encoder.abilities == Set(wanted.filter { !$0.0.isEmpty }.map(\.1)))
    }

    @Test("Blinking ends with 0, and its longest time never says 255, which turns an Epson display off")
    func boundsBlinking() throws {
        let encoder = try SerialDisplayEncoder(dialect: dialect("epson"))
        func told(_ time: Duration?) -> [UInt8] { encoder.tell(.blink(time), size: .standard).flatMap(bytes) }
        #expect(told(nil) == [0x1F, 0x45, 0] && told(.milliseconds(250)) == [0x1F, 0x45, 5])
        #expect(told(DisplayLimits.blinkTime.upperBound) == [0x1F, 0x45, 254])
        #expect(told(.seconds(60)) == [0x1F, 0x45, 254])
    }

    @Test("A cursor whose command says no place is refused")
    func refusesCursor() throws {
        let byte = try ByteTemplate("13")
        for place in ["10", "1F 24 {row}", "1F 24 {column}"] {
            #expect(throws: DevicesError.self) {
                try DisplayDialect.Cursor(show: byte, hide: byte, place: ByteTemplate(place))
            }
        }
    }
}
