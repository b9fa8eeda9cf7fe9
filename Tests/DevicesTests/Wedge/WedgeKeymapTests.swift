import Testing

@testable import Devices

@Suite struct WedgeKeymapTests {
    private func text(_ usages: [UInt8], on layout: String, with modifiers: WedgeModifiers = []) throws -> String {
        let keymap = try WedgeKeymap.named(layout, variant: "")
        let scalars = usages.map { usage -> Unicode.Scalar in
            let found = keymap.character(of: usage, in: .init(modifiers: modifiers))
            return found.scalar ?? found.deadKeysym.flatMap { keymap.deadKey($0)?.spacing } ?? "?"
        }
        return String(String.UnicodeScalarView(scalars))
    }

    @Test("Each key types what is printed on it", arguments: WedgeLayoutTable.all)
    func typesRows(table: WedgeLayoutTable) throws {
        for (row, usages) in zip(table.rows, WedgeLayoutTable.usages) {
            #expect(try text(usages, on: table.layout) == row)
        }
        #expect(try text(WedgeLayoutTable.usages[0], on: table.layout, with: .leftShift) == table.shifted)
        #expect(try text(WedgeLayoutTable.usages[0], on: table.layout, with: .rightShift) == table.shifted)
    }

    @Test(
        "AltGr types the third character of a key",
        arguments: [
            ("de", "14 08 24 25 26 27 2D 30 64", "@€{[]}\\~|"),
            ("fr", "1F 20 21 22 23 24 25 26 27 2D 2E", "~#{[|`\\^@]}"),
            ("es", "1E 1F 20 2F 30 34 31", "|@#[]{}"), ("fi", "1F 20 21 24 25 26 27 2D", "@£${[]}\\"),
            ("be", "1E 1F 20 26 27 2F 30", "|@#{}[]"), ("it", "33 34 2F 30", "@#[]"), ("gb", "21", "€"),
            ("us", "04 1E", "a1"),
        ])
    func typesThirdLevel(layout: String, usages: String, expected: String) throws {
        let keys = usages.split(separator: " ").compactMap { UInt8($0, radix: 16) }
        #expect(try text(keys, on: layout, with: .rightAlt) == expected)
    }

    @Test(
        "The keypad's dot is the layout's decimal mark, and its digits need Num Lock",
        arguments: [
            ("us", "."), ("gb", "."), ("fr", "."), ("be", "."), ("ch", "."), ("it", "."), ("es", "."), ("pt", "."),
            ("nl", "."), ("cz", "."), ("de", ","), ("fi", ","), ("se", ","), ("no", ","), ("dk", ","), ("pl", ","),
            ("hu", ","), ("ru", ","), ("tr", ","),
        ])
    func typesKeypad(layout: String, dot: String) throws {
        #expect(try text([0x63], on: layout) == dot)
        #expect(try text(Array(0x59...0x62), on: layout) == "1234567890")
        let keymap = try WedgeKeymap.named(layout, variant: "")
        #expect(keymap.character(of: 0x59, in: .init(numLock: false)) == .none)
    }

    @Test(
        "Ctrl makes control characters where the layout has them",
        arguments: [
            ("us", "22 30"), ("pl", "22 30"), ("gb", "22 30"), ("de", "22"), ("ch", "22"), ("es", "22"), ("fi", "22"),
            ("se", "22"), ("no", "22"), ("dk", "22"), ("hu", "22"), ("ru", "22"), ("it", "22"), ("pt", "22"),
            ("nl", "22 64"), ("fr", ""), ("be", ""), ("cz", ""),
        ])
    func makesSeparators(layout: String, usages: String) throws {
        let keymap = try WedgeKeymap.named(layout, variant: "")
        let found = (UInt8(4)...0x86).filter { usage in
            // The keypad's 5 makes it on all of them.
            usage != 0x5D && keymap.character(of: usage, in: .init(modifiers: .leftControl)).scalar == "\u{1D}"
        }
        #expect(found == usages.split(separator: " ").compactMap { UInt8($0, radix: 16) })
    }

    @Test("Ctrl and a key that makes no control character type nothing", arguments: ["us", "de", "fr", "ru", "tr"])
    func typesNoTextWithControl(layout: String) throws {
        let keymap = try WedgeKeymap.named(layout, variant: "")
        for usage in UInt8(4)...0xDF {
            let typed = keymap.character(of: usage, in: .init(modifiers: .rightControl))
            #expect(typed == .none || typed.control != nil)
        }
        // Russian letters make none, so the place of "a" on a US keyboard counts.
        #expect(layout == "fr" || keymap.character(of: 0x04, in: .init(modifiers: .leftControl)).control == 1)
    }

    @Test(
        "A layout that is not there is refused, with what to do",
        arguments: [
            ("zz", ""), ("us", "nonsense"), ("", ""), ("us,de", ""), ("../us", ""), ("us(intl)", ""), ("us", "a b"),
            ("u\0s", ""), ("pc", ""), (String(repeating: "u", count: 100_000), ""),
        ])
    func refusesUnknown(layout: String, variant: String) {
        let error = #expect(throws: DevicesError.self) { try WedgeKeymap(layout: layout, variant: variant) }
        #expect(error?.code == .layoutUnknown)
        #expect(error?.message.contains("Set layout to") == true)
        #expect(error?.message.utf8.count ?? 0 < 500)
    }

    @Test("A layout takes little memory: states that type the same share a plane")
    func sharesPlanes() throws {
        for table in WedgeLayoutTable.all {
            #expect(try WedgeKeymap.named(table.layout, variant: "").characters.count <= 40 * 256)
        }
    }
}
