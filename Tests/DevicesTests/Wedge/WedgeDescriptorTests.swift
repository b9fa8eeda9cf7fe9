import Testing

@testable import Devices

@Suite struct WedgeDescriptorTests {
    /// Modifiers and a bit for each key from 04 to 63, in report 2, and media keys in report 3.
    static let bitmap = HIDFixtures.bytes(
        """
        05010906a101 8502 0507 19e029e7 15002501 75019508 8102 19042963 95608102 c0
        050c0901a101 8503 150026ff03 19002aff03 7510 9501 8100 c0
        """)

    /// A boot keyboard's keys behind a report id, and media keys in another report.
    static let numbered = HIDFixtures.bytes(
        """
        05010906a101 8501 050719e029e7 15002501 75019508 8102 95017508 8101 95067508 150026ff00 050719002aff00 8100 c0
        050c0901a101 8502 150026ff03 19002aff03 7510 9501 8100 c0
        """)

    static let media = HIDFixtures.bytes("050c0901a101 8502 150026ff03 19002aff03 7510 9501 8100 c0")

    @Test("A bitmap of all keys is read")
    func readsBitmap() throws {
        var scanner = try WedgeTyping(descriptor: Self.bitmap)
        func report(_ keys: [UInt8], _ modifiers: UInt8 = 0) -> [UInt8] {
            var bytes = [2, modifiers] + [UInt8](repeating: 0, count: 12)
            for key in keys { bytes[2 + Int(key - 4) / 8] |= 1 << ((key - 4) % 8) }
            return bytes
        }
        for keys: [UInt8] in [[0x04], [0x04, 0x05], [0x05], [0x05, 0x63], [], [0x04]] { scanner.send(report(keys)) }
        scanner.send(report([], 2))
        scanner.send(report([0x1E], 2))
        let end = scanner.send(report([0x28]))
        #expect(end == .scan(WedgeScan(data: Array("ab.a!".utf8), identifier: nil, keys: 5)))
    }

    @Test("Reports with an id are read, and those of media keys are not")
    func readsNumbered() throws {
        var scanner = try WedgeTyping(descriptor: Self.numbered)
        scanner.send([1, 2, 0, 0x04, 0, 0, 0, 0, 0])
        scanner.send([1, 0, 0, 0, 0, 0, 0, 0, 0])
        #expect(scanner.send([2, 0xE9, 0]) == .ignored(.otherReport(id: 2)))
        #expect(scanner.send([7, 0x04]) == .ignored(.unknownReport(id: 7)))
        #expect(scanner.send([]) == .ignored(.emptyReport))
        #expect(
            scanner.send([1, 0, 0, 0x28, 0, 0, 0, 0, 0]) == .scan(WedgeScan(data: [0x41], identifier: nil, keys: 1)))
    }

    @Test("A short report reads as if its rest were empty")
    func readsShort() throws {
        var scanner = try WedgeTyping()
        #expect(scanner.send([0, 0, 0x04]) == .more)
        #expect(scanner.send([0]) == .more)
        #expect(scanner.text() == "a")
    }

    @Test(
        "What is no keyboard is refused, with the reason",
        arguments: [
            (media, "0c:01"), (HIDFixtures.scanner, "8c:02"), ([], "none"),
            // A keyboard's collection with modifiers alone.
            (HIDFixtures.bytes("05010906a101 050719e029e7 15002501 75019508 8102 c0"), "01:06"),
        ] as [([UInt8], String)])
    func refusesOthers(bytes: [UInt8], reason: String) throws {
        let descriptor = try HIDReportDescriptor(bytes)
        let error = #expect(throws: DevicesError.self) {
            try WedgeDecoder(descriptor: descriptor, settings: WedgeSettings())
        }
        #expect(error?.code == .notAKeyboard)
        #expect(error?.message.contains(reason) == true)
    }

    @Test("An unknown layout is refused with the settings to change")
    func refusesLayout() throws {
        var settings = WedgeSettings()
        settings.layout = "zz"
        let error = #expect(throws: DevicesError.self) { try WedgeTyping(settings) }
        #expect(error?.code == .layoutUnknown)
    }

    @Test("A report is described by its keys")
    func describes() throws {
        let decoder = try WedgeTyping().decoder
        let lines = decoder.describe([0x42, 0, 0x04, 0x1E, 0, 0, 0, 0])
        #expect(lines.map { "\($0.name): \($0.value)" } == ["modifiers: left Shift, AltGr", "keys: 07:04 07:1e"])
        #expect(decoder.describe([0, 0, 1, 1, 1, 1, 1, 1]).map(\.value) == ["too many at once"])
    }

    @Test("A numeric keypad is enough, and numbers of 16 bits are read")
    func readsKeypad() throws {
        let bytes = HIDFixtures.bytes(
            "05010907a101 0507 150026e700 190029e7 75109502 8100 c0")
        var scanner = try WedgeTyping(descriptor: bytes)
        scanner.send([0x5C, 0, 0x5A, 0])
        scanner.send([0, 0, 0, 0])
        #expect(scanner.send([0x58, 0]) == .scan(WedgeScan(data: Array("42".utf8), identifier: nil, keys: 2)))
        let plain = HIDFixtures.bytes("05010907a101 0507 15002501 19592963 7501 950b 8102 95017505 8101 c0")
        var bits = try WedgeTyping(descriptor: plain)
        #expect(bits.send([0b0000_1000, 0]) == .more)
        #expect(bits.decoder.expire(at: bits.now + .seconds(1))?.data == [0x34])
    }
}
