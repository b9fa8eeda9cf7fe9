import Testing
import USB

@testable import Devices

@Suite(.timeLimit(.minutes(2))) struct ScannerTests {
    private let path = USBPath("1-1")

    @Test("A HID POS scanner becomes ready, its driver is detached, and a scan has its symbology")
    func scans() async throws {
        let rig = try HubRig()
        let scanner = VirtualScanner.plug(on: rig.bus, path: path)
        let info = try #require(await rig.info(of: scanner.plug, .ready))
        #expect(info.role == .scanner && info.mode == "HID POS" && info.canOpen == true && info.explanation.isEmpty)
        let interface = try #require(info.interfaces.first)
        #expect(info.interfaces.count == 1 && interface.number == 0 && interface.driver == "usbhid")
        #expect(interface.usage == "bar code scanner" && interface.reportDescriptor?.isEmpty == false)
        #expect(scanner.plug.claimedInterfaces == [0])
        #expect(rig.bus.kernelDriver(of: scanner.plug.device, interface: 0) == nil)
        scanner.scan(Array("4006381333931".utf8), aim: "]E0")
        let scan = try #require(await rig.scans(1).first)
        #expect(scan.text == "4006381333931" && scan.aim == "]E0" && scan.path == path && scan.interface == 0)
        #expect(scan.label.family == .eanUPC)
        rig.stop()
        #expect(rig.bus.census.ports == 0 && rig.bus.census.transfers == 0)
    }

    @Test("A label longer than a report comes as one scan", arguments: [55, 56, 57, 112, 113, 2_953])
    func joinsReports(length: Int) async throws {
        let rig = try HubRig()
        let scanner = VirtualScanner.plug(on: rig.bus, path: path)
        let data = (0..<length).map { UInt8(0x30 + $0 % 10) }
        scanner.scan(data, aim: "]Q1")
        #expect(await rig.scans(1).map(\.label.data) == [data])
        rig.stop()
    }

    @Test("Beeps arrive as the scanner's bits, and one it lacks becomes the one that means nearly the same")
    func beeps() async throws {
        let rig = try HubRig()
        let scanner = VirtualScanner.plug(on: rig.bus, path: path)
        let beeps = Record<Feedback>()
        scanner.onBeep { beeps.add($0) }
        await rig.info(of: scanner.plug, .ready)
        for (wanted, heard) in [(Feedback.goodRead, Feedback.goodRead), (.error, .error), (.notOnFile, .error)] {
            let count = beeps.elements.count
            rig.hub.send(.beep(wanted), to: path)
            await beeps.wait { $0.count > count }
            #expect(beeps.elements.last == heard)
        }
        rig.stop()
    }

    @Test("A label that is given up is told of with its reason, and the scanner beeps; a report that is none is not")
    func tellsOfLosses() async throws {
        let rig = try HubRig()
        let scanner = VirtualScanner.plug(on: rig.bus, path: path)
        let beeps = Record<Feedback>()
        scanner.onBeep { beeps.add($0) }
        await rig.info(of: scanner.plug, .ready)
        var lying = VirtualScanner.reports(Array("A".utf8), aim: "]C0")[0]
        lying[1] = 0xFF
        let begun = VirtualScanner.reports([UInt8](repeating: 0x42, count: 150), aim: "]Q1")[0]
        for report in [[], [0x77, 1], lying, begun] { scanner.plug.complete(endpoint: 0x82, .completed(report)) }
        scanner.scan(Array("NEXT".utf8), aim: "]C0")
        #expect(await rig.scans(1).map(\.text) == ["NEXT"])
        await beeps.wait { $0.count == 2 }
        await rig.events.wait { $0.count { $0.problem != nil } == 2 }
        let problems = rig.events.elements.compactMap(\.problem)
        #expect(beeps.elements == [.error, .error])
        #expect(
            problems[0].contains("the byte count 255") && problems[1].contains("the rest of the label did not come"))
        rig.stop()
    }

    @Test("The answer of a Honeywell scanner to the question for its revision is its revision, and no scan")
    func keepsRevision() async throws {
        let rig = try HubRig(tracing: true)
        let stub = StubHID([0: HIDFixtures.scanner])
        let plug = rig.bus.plug(StubHID.device((0x0c2e, 0x0b87), [StubHID.interface(0)]), behaviour: stub)
        await rig.info(of: plug, .ready)
        await stub.requests.wait { $0.contains { $0.data.starts(with: [0xFD]) } }
        for (words, code) in [("]X0Product Name: Voyager 1602g\r\n", UInt8(0x3F)), ("]Z6REVINF\u{6}.", 0x36)] {
            let bytes = Array(words.utf8)
            let report =
                [2, UInt8(bytes.count - 3)] + bytes + [UInt8](repeating: 0, count: 59 - bytes.count) + [code, 0, 0]
            plug.complete(endpoint: 0x81, .completed(report))
        }
        await rig.events.wait { $0.contains { $0.info?.revision == "Product Name: Voyager 1602g" } }
        #expect(rig.events.elements.compactMap(\.scan).isEmpty && rig.events.elements.compactMap(\.problem).isEmpty)
        rig.stop()
    }

    @Test("A disarmed scanner is told to read nothing, beeps all the same, and reads again when armed")
    func disarms() async throws {
        let rig = try HubRig()
        let scanner = VirtualScanner.plug(on: rig.bus, path: path)
        let beeps = Record<Feedback>()
        scanner.onBeep { beeps.add($0) }
        await rig.info(of: scanner.plug, .ready)
        rig.hub.send(.disarm, to: path)
        rig.hub.send(.beep(.goodRead), to: path)
        await beeps.wait { !$0.isEmpty }
        #expect(!scanner.isReading)
        #expect(!scanner.scan(Array("1".utf8)))
        // What was on its way when the order came is dropped.
        scanner.plug.complete(endpoint: 0x82, .completed(VirtualScanner.reports([0x31], aim: "]C0")[0]))
        rig.hub.send(.arm, to: path)
        rig.hub.send(.beep(.error), to: path)
        await beeps.wait { $0.count == 2 }
        #expect(scanner.isReading)
        scanner.scan(Array("2".utf8))
        #expect(await rig.scans(1).map(\.text) == ["2"])
        rig.stop()
    }

    @Test("A scanner pulled out in the middle of a label comes back clean")
    func forgetsHalfScans() async throws {
        let rig = try HubRig()
        let scanner = VirtualScanner.plug(on: rig.bus, path: path)
        await rig.info(of: scanner.plug, .ready)
        let halves = VirtualScanner.reports([UInt8](repeating: 0x41, count: 60), aim: "]Q1")
        scanner.plug.complete(endpoint: 0x82, .completed(halves[0]))
        await rig.settle()
        scanner.unplug()
        await rig.hasLeft(scanner.plug)
        let again = VirtualScanner.plug(on: rig.bus, path: path)
        await rig.info(of: again.plug, .ready)
        again.scan(Array("B".utf8), aim: "]Q1")
        #expect(await rig.scans(1).map(\.text) == ["B"])
        rig.stop()
    }

    @Test("Empty, short, long and foreign reports are no scans and stop nothing")
    func survivesOddReports() async throws {
        let rig = try HubRig(tracing: true)
        let scanner = VirtualScanner.plug(on: rig.bus, path: path)
        let whole = VirtualScanner.reports(Array("4006381333931".utf8), aim: "]E0")[0]
        for report in [[], [2], Array(whole.prefix(9)), [0xF0, 1, 2], [9, 9, 9], whole] {
            scanner.plug.complete(endpoint: 0x82, .completed(report))
        }
        #expect(await rig.scans(1).count == 1)
        let outcomes = rig.events.elements.compactMap(\.report?.outcome)
        #expect(
            outcomes == [
                "an empty report", "no data bytes", "the report ends before its data does",
                "report 240 carries no scanned data", "the descriptor has no report 9", "a scan",
            ])
        rig.stop()
    }

    @Test("A report is traced with its fields")
    func traces() async throws {
        let rig = try HubRig(tracing: true)
        let scanner = VirtualScanner.plug(on: rig.bus, path: path)
        scanner.scan(Array("4006381333931".utf8), aim: "]E0")
        _ = await rig.scans(1)
        let report = try #require(rig.events.elements.compactMap(\.report).first)
        #expect(report.fields.first { $0.name == "decoded data" }?.value == "\"4006381333931\"")
        #expect(report.scan?.text == "4006381333931" && report.bytes.count == 64)
        rig.stop()
    }

    @Test("A scanner without a control is disarmed by dropping what it reads, and the trace says so")
    func disarmsWithoutControl() async throws {
        var configuration = DeviceConfiguration()
        // Keys that come late on a busy machine belong to the same label.
        var rule = KeyboardRule(device: .path("1-1"))
        rule.wedge.silence = .seconds(60)
        configuration.keyboards = [rule]
        let rig = try HubRig(configuration, tracing: true)
        let wedge = VirtualWedge.plug(on: rig.bus, path: path)
        await rig.info(of: wedge.plug, .ready)
        rig.hub.send(.disarm, to: path)
        await rig.turn()
        wedge.type("1")
        await rig.events.wait { $0.contains { $0.report?.outcome.hasSuffix("the scanner is disarmed") == true } }
        rig.hub.send(.arm, to: path)
        await rig.turn()
        wedge.type("2")
        #expect(await rig.scans(1).map(\.text) == ["2"])
        rig.stop()
    }

    @Test("A scanner that comes back reads, so that an order long withdrawn silences nobody")
    func comesBackArmed() async throws {
        let rig = try HubRig()
        let first = VirtualScanner.plug(on: rig.bus, path: path)
        await rig.info(of: first.plug, .ready)
        rig.hub.send(.disarm, to: path)
        first.unplug()
        await rig.hasLeft(first.plug)
        let second = VirtualScanner.plug(on: rig.bus, path: path)
        await rig.info(of: second.plug, .ready)
        #expect(second.scan(Array("1".utf8)))
        #expect(await rig.scans(1).map(\.text) == ["1"])
        rig.stop()
    }

    @Test("Hubs whose buses share a thread are stopped one after the other")
    func sharesThread() async throws {
        let rig = try HubRig()
        let other = VirtualBus(thread: rig.bus.thread)
        let events = Record<DeviceEvent>()
        let hub = DeviceHub(bus: other, configuration: DeviceConfiguration()) { events.add($0) }
        try hub.start()
        let scanner = VirtualScanner.plug(on: other, path: path)
        await events.wait { $0.contains { $0.info?.state == .ready } }
        hub.release()
        rig.stop()
        #expect(scanner.plug.claimedInterfaces.isEmpty && other.census.ports == 0)
        hub.stop()
    }
}
