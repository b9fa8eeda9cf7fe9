import Testing

@testable import Devices

@Suite struct WedgeDecoderTests {
    @Test("A typed label is one scan, its keys counted")
    func decodesLabel() throws {
        var scanner = try WedgeTyping()
        scanner.type("Az 4006381333931")
        let end = scanner.enter()
        #expect(end == .scan(WedgeScan(data: Array("Az 4006381333931".utf8), identifier: nil, keys: 16)))
        #expect(scanner.decoder.deadline == nil)
    }

    @Test(
        "A scanner set to another layout than the settings types as measured",
        arguments: [
            ("de", "1234567890-/]:yz#?", "1234567890ß-+Özy§_"), ("fr", "1234567890-/:aqwzm#?", "&é\"'(-è_çà)!Mqazw,3§"),
            ("be", "0013748911", "àà&\"è'!ç&&"), ("cz", "1234567890-/]:", "+ěščřžýáíé=-)\""),
            ("gb", "-/]:#?", "-/]:£?"),
            ("fi", "-/:?", "+-Ö_"), ("dk", "-/:?", "+-Æ_"),
        ])
    func readsMismatch(layout: String, typed: String, expected: String) throws {
        var scanner = try WedgeTyping(layout: layout)
        scanner.type(typed)
        #expect(scanner.text() == expected)
    }

    @Test("The same digit twice is typed twice: with an empty report between, or in another place")
    func readsRepeats() throws {
        var scanner = try WedgeTyping()
        scanner.type("11")
        #expect(scanner.text() == "11")
        for places: [UInt8] in [[0x1E], [0, 0x1E], [0x1E], [0, 0, 0x1E]] { scanner.report(places) }
        scanner.report([])
        #expect(scanner.text() == "1111")
    }

    @Test("A key that stays down is typed once, whatever comes and goes beside it")
    func readsHeldKeys() throws {
        var scanner = try WedgeTyping()
        for keys: [UInt8] in [[0x04], [0x04], [0x04, 0x05], [0x05], [0x05, 0x06], [0x06, 0x07], [0x07], []] {
            scanner.report(keys)
        }
        #expect(scanner.text() == "abcd")
    }

    @Test("Keys that go down in one report are typed in its order")
    func readsManyKeys() throws {
        var scanner = try WedgeTyping()
        scanner.report([0x20, 0x1E, 0x1F], with: .leftShift)
        scanner.report([])
        #expect(scanner.text() == "#!@")
    }

    @Test("A roll-over report changes nothing")
    func ignoresRollOver() throws {
        var scanner = try WedgeTyping()
        scanner.report([0x04])
        #expect(scanner.report([1, 1, 1, 1, 1, 1]) == .ignored(.rollOver))
        scanner.report([0x04, 0x05])
        #expect(scanner.text() == "ab")
    }

    @Test("Caps Lock is what the scanner typed of it, and begins off")
    func followsCapsLock() throws {
        var scanner = try WedgeTyping(layout: "fr")
        scanner.press(0x39)
        for usage: UInt8 in [0x14, 0x1E, 0x34] { scanner.press(usage) }
        scanner.press(0x14, with: .leftShift)
        scanner.press(0x39)
        scanner.press(0x14)
        // On French keyboards XKB does not shift the digits.
        #expect(scanner.text() == "A&Ùaa")
        scanner.press(0x39)
        scanner.decoder.reset()
        scanner.press(0x14)
        #expect(scanner.text() == "a")
    }

    @Test("Num Lock begins on and follows the scanner's key")
    func followsNumLock() throws {
        var scanner = try WedgeTyping()
        for usage: UInt8 in [0x59, 0x53, 0x5A, 0x53, 0x5B] { scanner.press(usage) }
        #expect(scanner.text() == "13")
    }

    @Test("AltGr types the third character")
    func readsAltGr() throws {
        var scanner = try WedgeTyping(layout: "de")
        scanner.press(0x14, with: .rightAlt)
        scanner.press(0x24, with: .rightAlt)
        #expect(scanner.text() == "@{")
    }

    @Test(
        "A dead key is an accent: on a letter, alone before a space, and before what takes none",
        arguments: [
            ("de", [0x35, 0x2C], "^"), ("de", [0x2E, 0x2C], "´"), ("de", [0x2E, 0x08], "é"),
            ("de", [0x35, 0x1E], "^1"),
            ("fr", [0x2F, 0x08], "ê"), ("fr", [0x2F, 0x2F, 0x2C], "^^"), ("fi", [0x30, 0x18], "ü"),
            ("fi", [0x30, 0x2C], "¨"), ("es", [0x2F, 0x14], "`q"), ("pt", [0x32, 0x11], "ñ"), ("de", [0x35], "^"),
        ] as [(String, [UInt8], String)])
    func resolvesDeadKeys(layout: String, usages: [UInt8], expected: String) throws {
        var scanner = try WedgeTyping(layout: layout)
        for usage in usages { scanner.press(usage) }
        #expect(scanner.text() == expected)
    }

    @Test("On \"us\" with \"intl\" an accent and a space are the quotation marks that have no other key")
    func resolvesInternational() throws {
        var scanner = try WedgeTyping(layout: "us", variant: "intl")
        for (usage, modifiers): (UInt8, WedgeModifiers) in [(0x34, []), (0x34, .leftShift), (0x35, [])] {
            scanner.press(usage, with: modifiers)
            scanner.press(0x2C)
        }
        scanner.press(0x34)
        scanner.press(0x08)
        #expect(scanner.text() == "'\"`é")
    }

    @Test("Ctrl and the key of ] are GS on every layout", arguments: WedgeLayoutTable.all)
    func readsSeparators(table: WedgeLayoutTable) throws {
        var scanner = try WedgeTyping(layout: table.layout)
        scanner.press(0x1E)
        scanner.press(0x30, with: .leftControl)
        scanner.press(0x1E)
        scanner.press(0x30, with: .rightControl)
        guard case .scan(let scan) = scanner.enter() else { return #expect(Bool(false), "no scan") }
        #expect(scan.data.filter { $0 == 0x1D }.count == 2)
        #expect(scan.data.last == 0x1D)
    }

    @Test("Without that setting the layout decides")
    func readsBracketByLayout() throws {
        var settings = WedgeSettings()
        settings.ctrlBracketIsGS = false
        settings.layout = "de"
        var scanner = try WedgeTyping(settings)
        scanner.press(0x1E)
        scanner.press(0x30, with: .leftControl)
        scanner.press(0x22, with: .leftControl)
        #expect(scanner.text() == "1\u{1D}")
    }

    @Test("Keys that the settings name are bytes, and the others stay what they are")
    func readsFunctionKeys() throws {
        var settings = WedgeSettings()
        settings.functionKeys = [0x41: 0x1D, 0x51: 0x0A]
        var scanner = try WedgeTyping(settings)
        for usage: UInt8 in [0x1E, 0x41, 0x42, 0x1F, 0x51] { scanner.press(usage) }
        #expect(scanner.text() == "1\u{1D}2\n")
        // Down behind Enter is the second half of CR LF.
        #expect(scanner.press(0x51) == .more)
        #expect(scanner.enter() == .ignored(.emptyScan))
        var plain = try WedgeTyping()
        for usage: UInt8 in [0x1E, 0x41, 0x51] { plain.press(usage) }
        #expect(plain.text() == "1")
    }

    @Test("A key that the settings name is a byte even where it would end a scan")
    func prefersFunctionKeys() throws {
        var settings = WedgeSettings()
        settings.functionKeys = [0x2B: 0x09]
        var scanner = try WedgeTyping(settings)
        for usage: UInt8 in [0x1E, 0x2B, 0x1F] { scanner.press(usage) }
        #expect(scanner.text() == "1\t2")
    }
}
