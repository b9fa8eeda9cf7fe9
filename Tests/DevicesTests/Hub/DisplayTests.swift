import Testing
import USB

@testable import Devices

@Suite(.timeLimit(.minutes(2))) struct DisplayTests {
    private let path = USBPath("1-3")
    private static let blank = String(repeating: " ", count: 20)

    private func padded(_ text: String) -> String { text.padding(to: 20) }

    @Test("Lines are shown in the display's letters, by endpoint and by SET_REPORT", arguments: [true, false])
    func shows(hasOutEndpoint: Bool) async throws {
        let rig = try HubRig()
        let display = VirtualDisplay.plug(on: rig.bus, path: path, hasOutEndpoint: hasOutEndpoint)
        let info = try #require(await rig.info(of: display.plug, .ready))
        #expect(info.role == .display && info.canOpen == true)
        let shown = Record<[String]>()
        display.onChange { shown.add($0) }
        rig.hub.send(.show(["Welcome, Zoë!", "Їжак"]), to: path)
        await shown.wait { [padded] in $0.last == [padded("Welcome, Zoe!"), padded("Yizhak")] }
        rig.stop()
        #expect(rig.bus.census.ports == 0 && rig.bus.census.transfers == 0)
    }

    @Test("Only changed lines are written, and a text that is shown already not at all")
    func writesChanges() async throws {
        let rig = try HubRig()
        let (plug, stub) = stubbed(rig)
        await rig.info(of: plug, .ready)
        rig.hub.send(.show(["A", "B"]), to: plug.device.path)
        await stub.requests.wait { $0.count { $0.isText } == 2 }
        rig.hub.send(.show(["A", "B"]), to: plug.device.path)
        rig.hub.send(.show(["A", "C"]), to: plug.device.path)
        await stub.requests.wait { $0.count { $0.isText } == 3 }
        #expect(stub.requests.elements.filter(\.isText).map { $0.data[1] } == [0, 1, 1])
        rig.stop()
    }

    @Test("While a write is on its way the newest text wins, and those between are never written")
    func newestWins() async throws {
        let rig = try HubRig()
        let (plug, stub) = stubbed(rig)
        await rig.info(of: plug, .ready)
        _ = rig.bus.thread.execute {
            for number in 0..<1_000 { rig.hub.send(.show(["\(number)", ""]), to: plug.device.path) }
        }
        await stub.requests.wait { $0.contains { $0.isText && $0.text.hasPrefix("999") } }
        #expect(stub.requests.elements.count { $0.isText } < 20)
        rig.stop()
    }

    @Test("A display that takes nothing is reset, then opened anew")
    func climbsLadder() async throws {
        var limits = HubLimits.brisk
        limits.openWaitMax = .microseconds(10)
        let rig = try HubRig(limits: limits)
        let (plug, stub) = stubbed(rig) { $0.request == 0x09 ? .timedOut : nil }
        await rig.info(of: plug, .ready)
        rig.events.forget()
        rig.hub.send(.show(["A", "B"]), to: plug.device.path)
        // It asks for its size when it is set up, and is set up after a reset and after an opening.
        await stub.requests.wait { $0.count { $0.setup.requestType == 0xA1 } == 3 }
        await rig.info(of: plug, .ready)
        #expect(rig.events.elements.compactMap(\.info).map(\.state) == [.opening, .ready])
        let untaken = HubLimits.standard.untakenMax
        #expect(stub.requests.elements.count { $0.setup.request == 0x09 } == 2 * untaken)
        rig.hub.send(.show(["A", "B"]), to: plug.device.path)
        await rig.events.wait { $0.contains { $0.problem?.contains("takes no text") == true } }
        rig.stop()
    }

    @Test("A display that refuses every text is tried a few times and complained of once; the next text is tried again")
    func boundsFailures() async throws {
        let rig = try HubRig()
        let (plug, stub) = stubbed(rig) { $0.request == 0x09 ? .stalled : nil }
        await rig.info(of: plug, .ready)
        rig.hub.send(.show(["A", "B"]), to: plug.device.path)
        await rig.events.wait { $0.contains { $0.problem != nil } }
        let tries = stub.requests.elements.count { $0.setup.request == 0x09 }
        #expect(tries == HubLimits.standard.displayTriesMax)
        rig.hub.send(.show(["A", "C"]), to: plug.device.path)
        await stub.requests.wait { $0.count { $0.setup.request == 0x09 } == 2 * tries }
        await rig.settle()
        #expect(rig.events.elements.count { $0.problem != nil } == 1)
        rig.stop()
    }

    @Test("A display that comes back shows nothing of before: its text may have been another customer's greeting")
    func forgetsText() async throws {
        let rig = try HubRig()
        let (first, stub) = stubbed(rig)
        await rig.info(of: first, .ready)
        rig.hub.send(.show(["Hello", "there"]), to: first.device.path)
        await stub.requests.wait { $0.count { $0.isText } == 2 }
        first.unplug()
        await rig.hasLeft(first)
        let (second, again) = stubbed(rig)
        await rig.info(of: second, .ready)
        await rig.settle()
        rig.hub.send(.show(["Welcome", ""]), to: second.device.path)
        await again.requests.wait { $0.contains(where: \.isText) }
        #expect(again.requests.elements.first(where: \.isText)?.text.hasPrefix("Welcome") == true)
        rig.stop()
    }

    @Test("A display that does not tell its size has the configured one")
    func takesConfiguredSize() async throws {
        var configuration = DeviceConfiguration()
        configuration.displaySize = DisplaySize(rows: 1, columns: 20)
        let rig = try HubRig(configuration)
        let (plug, stub) = stubbed(rig) { $0.requestType == 0xA1 ? .stalled : nil }
        await rig.info(of: plug, .ready)
        rig.hub.send(.show(["A", "B"]), to: plug.device.path)
        await stub.requests.wait { $0.contains { $0.isText } }
        await rig.settle()
        #expect(stub.requests.elements.filter(\.isText).map { $0.data[1] } == [0])
        rig.stop()
    }

    @Test("A scanner reads on beside a display that does not answer")
    func holdsNothingUp() async throws {
        let rig = try HubRig()
        let (plug, _) = stubbed(rig) { $0.request == 0x09 ? .timedOut : nil }
        let scanner = VirtualScanner.plug(on: rig.bus, path: USBPath("1-1"))
        await rig.info(of: plug, .ready)
        await rig.info(of: scanner.plug, .ready)
        for number in 0..<50 {
            rig.hub.send(.show(["\(number)", ""]), to: plug.device.path)
            scanner.scan(Array("\(number)".utf8), aim: "]C0")
        }
        #expect(await rig.scans(50).map(\.text) == (0..<50).map(String.init))
        rig.stop()
    }

    private func stubbed(
        _ rig: HubRig, answer: @escaping @Sendable (USBSetup) -> USBCompletion? = { _ in nil }
    ) -> (VirtualPlug, StubHID) {
        var stub = StubHID([0: SyntheticDisplay.reportDescriptor])
        stub.answer = answer
        let device = StubHID.device((0x1209, 0x0001), [StubHID.interface(0)])
        return (rig.bus.plug(device, kernelDrivers: [0: "usbhid"], behaviour: stub), stub)
    }
}

extension StubHID.Request {
    /// Whether it writes text to the synthetic display.
    fileprivate var isText: Bool { setup.request == 0x09 && data.first == 3 }
    fileprivate var text: String { String(decoding: data.dropFirst(3), as: UTF8.self) }
}

extension String {
    func padding(to length: Int) -> String { self + String(repeating: " ", count: max(0, length - count)) }
}
