import Testing
import USB

@testable import Devices

@Suite(.timeLimit(.minutes(2))) struct LineTests {
    private static let unitech: (UInt16, UInt16) = (0x2745, 0x300a)
    private static let datalogic: (UInt16, UInt16) = (0x05f9, 0x4204)
    private static let ftdi: (UInt16, UInt16) = (0x0403, 0x6001)

    private func rule(_ model: String, _ change: (inout SerialSettings) -> Void = { _ in }) throws -> SerialRule {
        var settings = SerialSettings()
        change(&settings)
        return SerialRule(device: try #require(DeviceSelector(model)), settings: settings)
    }

    @Test("A CDC scanner that is known is taken with both its interfaces, its line is set and opened, and it scans")
    func readsCDC() async throws {
        let line = try LineRig(Self.unitech)
        let info = try #require(await line.rig.info(of: line.plug, .ready))
        #expect(info.role == .scanner && info.mode == "CDC serial" && info.explanation.isEmpty)
        #expect(info.interfaces.map(\.usage) == ["serial line", "serial line"])
        #expect(line.plug.claimedInterfaces == [0, 1])
        #expect(line.requests == ["21 20 0 0 00 c2 01 00 00 00 08", "21 22 3 0"])
        line.send("40063813")
        line.send("33931\rB\r\n")
        let scans = await line.rig.scans(2)
        #expect(scans.map(\.text) == ["4006381333931", "B"] && scans[0].interface == 1)
        line.stop()
        #expect(line.rig.bus.census.ports == 0 && line.rig.bus.census.transfers == 0)
    }

    @Test("A label without terminator ends when nothing more comes")
    func endsBySilence() async throws {
        let line = try LineRig(Self.unitech)
        await line.rig.info(of: line.plug, .ready)
        line.send("4006381333931")
        #expect(await line.rig.scans(1).map(\.text) == ["4006381333931"])
        line.stop()
    }

    @Test("A CDC device that nobody knows keeps its driver and is listed with the lines to add")
    func leavesUnknownLines() async throws {
        for (identity, interfaces) in [((UInt16(0x2341), UInt16(0x0043)), LineRig.cdc), (Self.ftdi, [LineRig.bulk(0)])]
        {
            let line = try LineRig(identity, interfaces)
            let info = try #require(await line.rig.info(of: line.plug, .notClaimed))
            #expect(info.explanation.contains("serial_scanners:\n  - device: \"\(line.plug.device.identity)\""))
            #expect(line.plug.claimedInterfaces.isEmpty && line.stub.requests.elements.isEmpty)
            line.stop()
        }
    }

    @Test("A scanner behind a named bridge is read without the bridge's status bytes")
    func readsBridges() async throws {
        let line = try LineRig(
            Self.ftdi, [LineRig.bulk(0)], rules: [try rule("0403:6001")], driver: "ftdi_sio",
            answer: { $0.requestType == 0x40 ? .completed([]) : nil })
        let info = try #require(await line.rig.info(of: line.plug, .ready))
        #expect(info.mode == "FTDI bridge, 9600 8N1")
        #expect(line.requests.contains("40 3 4138 0"))
        line.send([0x31, 0x60])
        line.send([0x31, 0x60] + Array("4006".utf8))
        line.send([0x31, 0x60] + Array("3813\r".utf8))
        #expect(await line.rig.scans(1).map(\.text) == ["40063813"])
        #expect(line.rig.events.elements.compactMap(\.problem).isEmpty)
        line.stop()
    }

    @Test("A bridge that refuses its settings is told of, and read all the same")
    func tellsOfRefusedSettings() async throws {
        let line = try LineRig(Self.ftdi, [LineRig.bulk(0)], rules: [try rule("0403:6001")])
        await line.rig.info(of: line.plug, .ready)
        #expect(line.rig.events.elements.compactMap(\.problem).contains { $0.contains("9600 8N1") })
        line.send([0x31, 0x60] + Array("A\r".utf8))
        #expect(await line.rig.scans(1).map(\.text) == ["A"])
        line.stop()
    }

    @Test("A Datalogic scanner beeps, is disabled while it is disarmed, and is enabled again")
    func ordersDatalogic() async throws {
        let line = try LineRig(Self.datalogic)
        await line.rig.info(of: line.plug, .ready)
        let path = line.plug.device.path
        line.rig.hub.send(.beep(.goodRead), to: path)
        line.rig.hub.send(.beep(.notOnFile), to: path)
        await line.stub.writes.wait { $0.last == [0x46, 0x45] }
        line.rig.hub.send(.disarm, to: path)
        line.rig.hub.send(.beep(.notOnFile), to: path)
        await line.stub.writes.wait { $0.last == [0x46] }
        #expect(line.stub.writes.elements.contains([0x44]))
        line.send("DROPPED\r")
        line.rig.hub.send(.arm, to: path)
        await line.stub.writes.wait { $0.last == [0x45] }
        line.send("A\r")
        #expect(await line.rig.scans(1).map(\.text) == ["A"])
        line.stop()
    }

    @Test("A Honeywell scanner's revision is asked for by who traces, known then, and no scan")
    func asksRevision() async throws {
        let line = try LineRig((0x0c2e, 0x0b61), tracing: true)
        await line.stub.writes.wait { $0.contains(LineProperties.honeywellQuestion) }
        line.send(Array("Product Name: Voyager\r\nREVINF".utf8) + [0x06, 0x2E] + Array("A\r".utf8))
        #expect(await line.rig.scans(1).map(\.text) == ["A"])
        #expect(line.rig.events.elements.compactMap(\.info).last?.revision.hasPrefix("Product Name: Voyager") == true)
        line.stop()
    }

    @Test("Nobody who watches an edge has a scanner asked for what may be taken for a label")
    func asksNothingWhileCustomersScan() async throws {
        let line = try LineRig(Self.datalogic)
        await line.rig.info(of: line.plug, .ready)
        line.rig.hub.trace(true)
        line.plug.unplug()
        await line.rig.hasLeft(line.plug)
        let again = line.rig.bus.plug(
            line.plug.device, kernelDrivers: [0: "cdc_acm", 1: "cdc_acm"], behaviour: line.stub)
        let info = try #require(await line.rig.info(of: again, .ready))
        #expect(!info.capabilities.signals.contains(.askRevision))
        let end = await withCheckedContinuation { done in
            line.rig.hub.order(.tell(.askRevision), to: again.device.path) { done.resume(returning: $0) }
        }
        #expect(end == .impossible)
        let taken = await withCheckedContinuation { done in
            line.rig.hub.order(.tell(.pullTrigger), to: again.device.path) { done.resume(returning: $0) }
        }
        #expect(taken == .done && !line.stub.writes.elements.contains(DatalogicControls.question))
        line.stop()
    }

    @Test("A report that was lost spoils the label it may belong to, with an error beep")
    func dropsHoles() async throws {
        let line = try LineRig(Self.datalogic)
        await line.rig.info(of: line.plug, .ready)
        line.send("4006")
        line.plug.complete(endpoint: 0x82, .failed)
        line.send("13333931\rB\r")
        await line.stub.writes.wait { $0.contains([0x07]) }
        #expect(await line.rig.scans(1).map(\.text) == ["B"])
        line.stop()
    }

    @Test("A label without the terminator that is named is dropped with a word and an error beep")
    func complainsOfHalves() async throws {
        let line = try LineRig(
            Self.datalogic,
            rules: [
                try rule("05f9:4204") {
                    $0.dialect = .datalogic
                    $0.terminator = .cr
                }
            ])
        await line.rig.info(of: line.plug, .ready)
        line.send("4006")
        await line.stub.writes.wait { $0.contains([0x07]) }
        #expect(line.rig.events.elements.compactMap(\.problem).contains { $0.contains("terminator") })
        #expect(line.rig.events.elements.allSatisfy { $0.scan == nil })
        line.stop()
    }

    @Test("A trace names what came and what it meant")
    func traces() async throws {
        let line = try LineRig(Self.unitech, tracing: true)
        line.send("A\r")
        _ = await line.rig.scans(1)
        let report = try #require(line.rig.events.elements.compactMap(\.report).first)
        #expect(report.fields.first?.value == "\"A<0d>\"" && report.outcome == "a scan")
        line.stop()
    }

    @Test("A scanner pulled out in the middle of a label comes back clean")
    func forgetsHalfLabels() async throws {
        // However long the test takes to pull the plug, silence is not to end the label before.
        var settings = SerialSettings()
        settings.silence = .seconds(10_000)
        let rule = SerialRule(
            device: .model(vendorID: Self.unitech.0, productID: Self.unitech.1), settings: settings)
        let line = try LineRig(Self.unitech, rules: [rule])
        await line.rig.info(of: line.plug, .ready)
        line.send("CUT-O")
        await line.rig.settle()
        line.plug.unplug()
        await line.rig.hasLeft(line.plug)
        let again = line.rig.bus.plug(line.plug.device, kernelDrivers: [:], behaviour: line.stub)
        await line.rig.info(of: again, .ready)
        again.complete(endpoint: 0x82, .completed(Array("B\r".utf8)))
        #expect(await line.rig.scans(1).map(\.text) == ["B"])
        line.stop()
    }

    @Test("A scanner that has HID reports beside a line is not read by the line, unless it is named so")
    func prefersReports() async throws {
        let interfaces = LineRig.cdc + [StubHID.interface(2)]
        let device = StubHID.device((0x0c2e, 0x0b61), interfaces)
        var configuration = DeviceConfiguration()
        #expect(LinePlan(device, configuration) == nil)
        configuration.serialScanners = [try rule("0c2e:0b61")]
        #expect(LinePlan(device, configuration)?.carrier == .cdc)
        #expect(LinePlan(StubHID.device((0x1eab, 0x1306), interfaces), DeviceConfiguration())?.carrier == .cdc)
    }
}
