import Testing

@testable import Devices

@Suite struct WedgeEndTests {
    @Test("Enter, the keypad's Enter and Tab end a scan", arguments: [0x28, 0x58, 0x2B] as [UInt8])
    func endsWithKeys(key: UInt8) throws {
        var scanner = try WedgeTyping()
        scanner.type("42")
        #expect(scanner.press(key) == .scan(WedgeScan(data: Array("42".utf8), identifier: nil, keys: 2)))
    }

    @Test("Keys that end no scan are part of it")
    func keepsOtherTerminators() throws {
        var settings = WedgeSettings()
        settings.terminators = .tab
        var scanner = try WedgeTyping(settings)
        scanner.type("4")
        scanner.press(0x28)
        scanner.type("2")
        guard case .scan(let scan) = scanner.press(0x2B) else { return #expect(Bool(false), "no scan") }
        #expect(scan.data == [0x34, 0x0D, 0x32])
    }

    @Test("CR LF gives no second scan, however LF is typed")
    func swallowsLineFeed() throws {
        var scanner = try WedgeTyping()
        scanner.type("1")
        #expect(scanner.text() == "1")
        // Ctrl and J.
        scanner.press(0x0D, with: .leftControl)
        scanner.type("2")
        #expect(scanner.text() == "2")
        #expect(scanner.enter() == .ignored(.emptyScan))
        // Down.
        scanner.press(0x51)
        scanner.type("3")
        #expect(scanner.text() == "3")
        scanner.press(0x0D, with: .leftControl)
        scanner.now += .seconds(1)
        let expired = scanner.decoder.expire(at: scanner.now)
        #expect(expired == nil)
        #expect(scanner.decoder.deadline == nil)
        #expect(scanner.decoder.abandonedScans == 0)
    }

    @Test("Silence ends a scan, not a moment before")
    func endsWithSilence() throws {
        var scanner = try WedgeTyping()
        scanner.type("42")
        let deadline = try #require(scanner.decoder.deadline)
        // The last report, which let the key go, came a millisecond after the key.
        #expect(deadline == scanner.now + .milliseconds(199))
        let early = scanner.decoder.expire(at: deadline - .nanoseconds(1))
        #expect(early == nil)
        let scan = scanner.decoder.expire(at: deadline)
        #expect(scan == WedgeScan(data: Array("42".utf8), identifier: nil, keys: 2, endedBySilence: true))
        #expect(scanner.decoder.deadline == nil)
    }

    @Test("A suffix that ends no scan is no part of a scan that silence ends", arguments: [[0x10], [0x10, 0x0D]])
    func cutsSuffix(keys: [UInt8]) throws {
        var scanner = try WedgeTyping()
        scanner.type("42")
        for key in keys { scanner.press(key, with: .leftControl) }
        let deadline = try #require(scanner.decoder.deadline)
        let scan = scanner.decoder.expire(at: deadline)
        #expect(scan?.data == Array("42".utf8))
    }

    @Test("A report after the deadline gives the old scan first, and loses nothing")
    func givesOverdueScan() throws {
        var scanner = try WedgeTyping()
        scanner.type("1")
        scanner.now += .seconds(1)
        let late = scanner.report([0x1F, 0x28])
        #expect(late == .scan(WedgeScan(data: [0x31], identifier: nil, keys: 1, endedBySilence: true)))
        let deadline = try #require(scanner.decoder.deadline)
        #expect(deadline <= scanner.now)
        let next = scanner.decoder.expire(at: scanner.now)
        #expect(next == WedgeScan(data: [0x32], identifier: nil, keys: 1))
        #expect(scanner.decoder.deadline == nil)
    }

    @Test("A label beyond any label is given up, and the next one is read")
    func boundsScans() throws {
        var scanner = try WedgeTyping()
        for _ in 0..<WedgeLimits.standard.scanBytesMax { scanner.press(0x1E) }
        guard case .scan(let longest) = scanner.enter() else { return #expect(Bool(false), "no scan") }
        #expect(longest.data.count == 4_096)
        for _ in 0...WedgeLimits.standard.scanBytesMax { scanner.press(0x1E) }
        #expect(scanner.enter() == .ignored(.scanTooLong))
        #expect(scanner.decoder.abandonedScans == 1)
        #expect(scanner.decoder.takeLoss() == .scanTooLong)
        #expect(scanner.decoder.takeLoss() == nil)
        scanner.type("1")
        #expect(scanner.text() == "1")
    }

    @Test("The identifier is cut off only where the settings say that it is sent")
    func cutsIdentifier() throws {
        var settings = WedgeSettings()
        settings.identifierIsSent = true
        var scanner = try WedgeTyping(settings)
        scanner.type("]E04006381333931")
        guard case .scan(let scan) = scanner.enter() else { return #expect(Bool(false), "no scan") }
        #expect(scan.aim == "]E0")
        #expect(scan.label().symbology == .ean13)
        #expect(scan.label().gtin14 == "04006381333931")
        scanner.type("]E0")
        #expect(scanner.enter() == .ignored(.emptyScan))
        scanner.type("]-")
        #expect(scanner.text() == "]-")
        var plain = try WedgeTyping()
        plain.type("]E012")
        #expect(plain.text() == "]E012")
    }

    @Test(
        "A scan that another layout explains is explained",
        arguments: [
            ("fr", "&é\"'(-è_çà&é\"", "us"), ("be", "àà&\"è'!ç&&", "us"), ("cz", "+ěščřžýáíé+ěš", "us"),
            ("us", "!@#$%^&*", "fr"), ("de", "httpsÖ--example", "us"), ("dk", "httpsÆ--example", "us"),
            ("fr", "httpsM!!example", "us"), ("es", "httpÑ--example", "us"),
        ])
    func suspectsLayout(layout: String, text: String, proposed: String) throws {
        let sentence = try WedgeTyping(layout: layout).decoder.layoutSuspicion(Array(text.utf8))
        #expect(sentence?.contains("set layout: \(proposed)") == true)
    }

    @Test(
        "What is as it should be is not suspected",
        arguments: [
            ("us", "4006381333931"), ("fr", "4006381333931"), ("fr", "&é\""), ("de", "https://example.com"),
            ("us", "https://example.com"), ("us", "!@#$5678"), ("us", ""),
        ])
    func trustsLayout(layout: String, text: String) throws {
        #expect(try WedgeTyping(layout: layout).decoder.layoutSuspicion(Array(text.utf8)) == nil)
    }
}
