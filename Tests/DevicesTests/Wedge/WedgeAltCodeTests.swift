import Testing

@testable import Devices

@Suite struct WedgeAltCodeTests {
    private func typed(_ codes: [String], _ reading: WedgeSettings.AltCodes, layout: String = "us") throws -> String? {
        var settings = WedgeSettings()
        settings.altCodes = reading
        settings.layout = layout
        var scanner = try WedgeTyping(settings)
        for code in codes { scanner.typeAlt(code) }
        return scanner.text()
    }

    @Test(
        "Numbers are read as the settings say",
        arguments: [
            (.codePage, ["065", "66", "0029", "29"], "AB\u{1D}\u{1D}"),
            (.codePage, ["0233", "130", "0128", "225"], "éé€ß"),
            (.codePage, ["0255", "255", "0129"], "ÿ\u{A0}\u{81}"), (.codePage, ["0"], "\0"),
            (.unicode, ["65", "0233", "8364", "128512"], "Aé€😀"),
            (.utf8Integer, ["65", "50089", "14844588", "4036991104"], "Aé€😀"), (.utf8Integer, ["0050089"], "é"),
        ] as [(WedgeSettings.AltCodes, [String], String)])
    func readsNumbers(reading: WedgeSettings.AltCodes, codes: [String], expected: String) throws {
        #expect(try typed(codes, reading) == expected)
        #expect(try typed(codes, reading, layout: "fr") == expected)
    }

    @Test(
        "A number that is no character spoils the scan: a label that lacks one might be another's",
        arguments: [
            (.codePage, "256"), (.unicode, "55296"), (.unicode, "1114112"), (.utf8Integer, "233"),
            (.utf8Integer, "4294967296"), (.codePage, "99999999999"), (.unicode, "00000000065"),
            (.utf8Integer, "99999999999999999999999999"),
        ] as [(WedgeSettings.AltCodes, String)])
    func refusesOthers(reading: WedgeSettings.AltCodes, code: String) throws {
        var settings = WedgeSettings()
        settings.altCodes = reading
        var scanner = try WedgeTyping(settings)
        scanner.type("12")
        scanner.typeAlt(code)
        scanner.type("3")
        #expect(scanner.enter() == .ignored(.altCodeUnknown))
        #expect(scanner.decoder.abandonedScans == 1)
        #expect(scanner.decoder.takeLoss() == .altCodeUnknown)
        scanner.type("4")
        #expect(scanner.text() == "4")
    }

    @Test("Num Lock around each character, and other keys with Alt held, change nothing")
    func ignoresOthers() throws {
        var scanner = try WedgeTyping()
        for code in ["65", "66"] {
            scanner.press(0x53)
            scanner.typeAlt(code)
        }
        scanner.press(0x04, with: .leftAlt)
        scanner.type("7")
        #expect(scanner.text() == "AB7")
    }

    @Test("A terminator ends a number too")
    func endsWithTerminator() throws {
        var scanner = try WedgeTyping()
        scanner.report([0x5E], with: .leftAlt)
        scanner.report([0x5D], with: .leftAlt)
        guard case .scan(let scan) = scanner.report([0x28], with: .leftAlt) else {
            return #expect(Bool(false), "no scan")
        }
        #expect(scan.data == [0x41])
    }

    @Test("The code pages have a character for every byte, all different")
    func coversBytes() {
        for isWindows in [false, true] {
            let all = (UInt8(0)...255).map { WedgeCodePage.scalar($0, isWindows: isWindows) }
            #expect(Set(all).count == 256)
        }
    }
}
