import Testing
import USB

@testable import Devices

@Suite("Displays on serial lines", .timeLimit(.minutes(2))) struct SerialDisplayTests {
    /// A hub with a display behind a chip, which notes what comes to it.
    private func plugged(
        _ dialect: String = "epson", _ identity: (UInt16, UInt16) = (0x067b, 0x2303), hasOut: Bool = true,
        answerWrite: @escaping @Sendable ([UInt8]) -> USBCompletion = { _ in .completed([]) }
    ) throws -> (rig: HubRig, plug: VirtualPlug, stub: StubHID) {
        var configuration = DeviceConfiguration()
        let dialect = try #require(DisplayDialect.known[dialect])
        configuration.serialDisplays = [
            DisplayRule(device: .model(vendorID: identity.0, productID: identity.1), dialect: dialect)
        ]
        let rig = try HubRig(configuration)
        var stub = StubHID([:])
        stub.answer = { $0.requestType & 0x80 != 0 ? .completed([0]) : .completed([]) }
        stub.answerWrite = answerWrite
        let device = StubHID.device(identity, [LineRig.bulk(0, hasOut: hasOut)])
        return (rig, rig.bus.plug(device, kernelDrivers: [0: "pl2303"], behaviour: stub), stub)
    }

    @Test("A display that the configuration names is ready, its line set, and it is sent its dialect's bytes")
    func shows() async throws {
        let (rig, plug, stub) = try plugged()
        let info = try #require(await rig.info(of: plug, .ready))
        #expect(info.role == .display && info.displaySize == .standard && info.displayPages.contains(.cp858))
        rig.hub.send(.show(["Müller", "12,50 €"]), to: plug.device.path)
        await stub.writes.wait { $0.count >= 3 }
        let writes = stub.writes.elements
        #expect(writes[0] == [0x1B, 0x40, 0x1F, 0x01, 0x1F, 0x43, 0x00, 0x0C])
        #expect(writes[1].starts(with: [0x1B, 0x74, 0x00, 0x1F, 0x24, 1, 1, 0x4D, 0x81]))
        #expect(writes[2].starts(with: [0x1B, 0x74, 0x10, 0x1F, 0x24, 1, 2]) && writes[2].contains(0x80))
        #expect(stub.requests.elements.contains { $0.setup.request == 0x20 })
        rig.stop()
        #expect(rig.bus.census.ports == 0 && rig.bus.census.transfers == 0)
    }

    @Test(
        "A display that refuses every text is tried a few times and complained of, and the newest text comes first after that"
    )
    func boundsFailures() async throws {
        let (rig, plug, stub) = try plugged { _ in .stalled }
        await rig.info(of: plug, .ready)
        rig.hub.send(.show(["A", "B"]), to: plug.device.path)
        await rig.events.wait { $0.contains { $0.problem != nil } }
        #expect(stub.writes.elements.count == HubLimits.standard.displayTriesMax)
        rig.stop()
    }

    @Test("A display that comes back is set up and shown its text from the start")
    func comesBack() async throws {
        let (rig, plug, stub) = try plugged("cd5220")
        await rig.info(of: plug, .ready)
        rig.hub.send(.show(["A", "B"]), to: plug.device.path)
        await stub.writes.wait { $0.count == 3 }
        plug.unplug()
        await rig.hasLeft(plug)
        let again = rig.bus.plug(plug.device, kernelDrivers: [0: "pl2303"], behaviour: stub)
        await rig.info(of: again, .ready)
        rig.hub.send(.show(["A", "B"]), to: again.device.path)
        await stub.writes.wait { $0.count == 6 }
        #expect(Array(stub.writes.elements[3...]) == Array(stub.writes.elements[..<3]))
        rig.stop()
    }

    @Test("A line that cannot be written to is no display's")
    func needsOutput() throws {
        let (rig, plug, _) = try plugged(hasOut: false)
        let rule = DisplayRule(
            device: .model(vendorID: 0x067b, productID: 0x2303), dialect: try #require(DisplayDialect.known["epson"]))
        #expect(LinePlan(plug.device, rule) == nil)
        rig.stop()
    }

    @Test("A Wincor display's line has odd parity")
    func hasOddParity() throws {
        let dialect = try #require(DisplayDialect.known["wincor"])
        #expect(DisplayRule(device: .serial("1"), dialect: dialect).line.description == "9600 8O1")
    }

    @Test("Blinking, brightness and a cursor are told around the rows, and taken back with the next screen")
    func tellsTraits() async throws {
        let (rig, plug, stub) = try plugged()
        let info = try #require(await rig.info(of: plug, .ready))
        #expect(info.displayAbilities == [.brightness, .blink, .cursor])
        let effects = DisplayEffects(
            blinkTime: .milliseconds(500), brightness: 4, cursor: DisplayCursor(row: 1, column: 3))
        rig.hub.send(.show(DisplayScreen(["A", "B"], effects: effects)), to: plug.device.path)
        await stub.writes.wait { $0.count == 6 }
        let first = stub.writes.elements
        #expect(first[1] == [0x1F, 0x58, 4] && first[2] == [0x1F, 0x45, 10])
        #expect(first[5] == [0x1F, 0x24, 3, 1, 0x1F, 0x43, 1])
        rig.hub.send(.show(["A", "C"]), to: plug.device.path)
        await stub.writes.wait { $0.count == 10 }
        let second = Array(stub.writes.elements[6...])
        // The brightness goes back to the brightest, since nobody has said the display's own.
        #expect(second[0] == [0x1F, 0x43, 0] && second[1] == [0x1F, 0x58, 4] && second[2] == [0x1F, 0x45, 0])
        #expect(second[3].starts(with: [0x1F, 0x24, 1, 2, 0x43]))
        rig.stop()
    }

    @Test("A line runs by its row alone, and stops with the next screen")
    func runs() async throws {
        let (rig, plug, stub) = try plugged("cd5220")
        await rig.info(of: plug, .ready)
        let long = "Welcome to our store!"
        let effects = DisplayEffects(marqueeStep: .milliseconds(200))
        rig.hub.send(.show(DisplayScreen([long, "B"], effects: effects)), to: plug.device.path)
        await stub.writes.wait { $0.count >= 5 }
        let steps = stub.writes.elements[3...].map { String(decoding: $0.dropFirst(3).dropLast(), as: UTF8.self) }
        let round = long + "   " + long + "   "
        #expect(steps.allSatisfy { round.contains($0) && $0.count == 20 })
        #expect(stub.writes.elements[3...].allSatisfy { $0.starts(with: [0x1B, 0x51, 0x41]) })
        rig.hub.send(.show(["A", "B"]), to: plug.device.path)
        await stub.writes.wait { $0.last?.starts(with: [0x1B, 0x51, 0x41, 0x41, 0x20]) == true }
        rig.stop()
    }

    @Test("A display that refuses every text is not blinked at for ever")
    func stopsBlinking() async throws {
        let (rig, plug, stub) = try plugged("cd5220") { _ in .stalled }
        await rig.info(of: plug, .ready)
        let effects = DisplayEffects(blinkTime: .milliseconds(250))
        rig.hub.send(.show(DisplayScreen(["A"], effects: effects)), to: plug.device.path)
        await rig.events.wait { $0.contains { $0.problem != nil } }
        #expect(stub.writes.elements.count == HubLimits.standard.displayTriesMax)
        // Half a second is two of its blinks, and the bus's thread has nothing else to do.
        let waited = Record<Bool>()
        _ = rig.bus.thread.schedule(after: .milliseconds(600)) { waited.add(true) }
        await waited.wait { !$0.isEmpty }
        #expect(stub.writes.elements.count == HubLimits.standard.displayTriesMax)
        rig.stop()
    }
}
