import Testing
import USB

@testable import Devices

@Suite(.timeLimit(.minutes(2))) struct KeyboardTests {
    private static let keyboard = VirtualWedge.reportDescriptor
    private static let media = HIDFixtures.bytes("050c 0901 a101 1500 26ff03 1900 2aff03 7510 9501 8100 c0")
    private static let drivers: [UInt8: String] = [0: "usbhid", 1: "usbhid"]

    private func plug(
        _ rig: HubRig, _ identity: (UInt16, UInt16), _ interfaces: [USBInterface], _ descriptors: [UInt8: [UInt8]],
        drivers: [UInt8: String] = drivers
    ) -> (plug: VirtualPlug, stub: StubHID) {
        let stub = StubHID(descriptors)
        let device = StubHID.device(identity, interfaces)
        return (rig.bus.plug(device, kernelDrivers: drivers, behaviour: stub), stub)
    }

    @Test("A plain keyboard is never claimed, opened or asked, and is listed with the lines to add")
    func leavesKeyboards() async throws {
        let rig = try HubRig()
        let (plug, stub) = plug(
            rig, (0x04d9, 0x1603), [StubHID.bootKeyboard(0), StubHID.interface(1)],
            [0: Self.keyboard, 1: Self.media])
        let info = try #require(await rig.info(of: plug, .notClaimed))
        #expect(info.role == .other && info.canOpen == nil)
        #expect(info.explanation.hasSuffix("keyboards:\n  - device: \"04d9:1603\""))
        #expect(info.interfaces.map(\.usage) == ["keyboard", "HID 0c:01"])
        // The one request is the kernel's own, for the interface that is no boot keyboard.
        #expect(stub.requests.elements.allSatisfy { $0.setup.index == 1 && $0.setup.request == 6 })
        #expect(plug.claimedInterfaces.isEmpty && rig.bus.census.ports == 0)
        #expect(rig.bus.kernelDriver(of: plug.device, interface: 0) == "usbhid")
        rig.stop()
    }

    @Test("A keyboard that does not say so in its class codes is left alone too")
    func leavesHiddenKeyboards() async throws {
        let rig = try HubRig()
        let (plug, _) = plug(rig, (0x04d9, 0x1603), [StubHID.interface(0)], [0: Self.keyboard])
        let info = try #require(await rig.info(of: plug, .notClaimed))
        #expect(info.explanation.contains("keyboards:") && info.canOpen == nil)
        #expect(rig.bus.kernelDriver(of: plug.device, interface: 0) == "usbhid")
        rig.stop()
    }

    @Test("An interface whose driver is not usbhid is left alone")
    func leavesOtherDrivers() async throws {
        let rig = try HubRig()
        let (plug, stub) = plug(
            rig, (0x1209, 0x0002), [StubHID.interface(0)], [0: VirtualScanner.reportDescriptor],
            drivers: [0: "hid-vendor"])
        await rig.info(of: plug, .notClaimed)
        #expect(stub.requests.elements.isEmpty && plug.claimedInterfaces.isEmpty)
        rig.stop()
    }

    @Test("An interface that nobody drives is looked at and given back when it is no scanner's")
    func looksAtFreeInterfaces() async throws {
        let rig = try HubRig()
        let (plug, stub) = plug(rig, (0x1209, 0x0002), [StubHID.interface(0)], [0: Self.media], drivers: [:])
        await rig.info(of: plug, .notClaimed)
        #expect(stub.requests.elements.count == 1)
        #expect(plug.claimedInterfaces.isEmpty && rig.bus.census.ports == 0)
        rig.stop()
    }

    @Test("A scanner that the device table knows types scans; its media interface stays with its driver")
    func readsKnownWedges() async throws {
        let rig = try HubRig()
        let (plug, stub) = plug(
            rig, (0x05f9, 0x2206), [StubHID.bootKeyboard(0), StubHID.interface(1)],
            [0: Self.keyboard, 1: Self.media])
        let info = try #require(await rig.info(of: plug, .ready))
        #expect(info.role == .scanner && info.mode == "HID keyboard")
        #expect(plug.claimedInterfaces == [0])
        // SET_PROTOCOL (report) and SET_IDLE (never).
        let requests = stub.requests.elements.filter { $0.setup.requestType == 0x21 }
        #expect(requests.map(\.setup.request) == [0x0B, 0x0A])
        for report in VirtualWedge.reports("Card 7/+\n") { plug.complete(endpoint: 0x81, .completed(report)) }
        #expect(await rig.scans(1).map(\.text) == ["Card 7/+"])
        rig.stop()
    }

    @Test("A keyboard that the configuration names is a scanner, on the layout it names", arguments: ["us", "de"])
    func readsConfiguredWedges(layout: String) async throws {
        var configuration = DeviceConfiguration()
        let selector = try #require(DeviceSelector("04d9:1603"))
        configuration.keyboards = [KeyboardRule(device: selector)]
        configuration.keyboards[0].wedge.layout = layout
        let rig = try HubRig(configuration)
        let wedge = VirtualWedge.plug(on: rig.bus, path: USBPath("1-3"), vendorID: 0x04d9, productID: 0x1603)
        await rig.info(of: wedge.plug, .ready)
        wedge.type("xyz-1")
        #expect(await rig.scans(1).map(\.text) == [layout == "us" ? "xyz-1" : "xzyß1"])
        rig.stop()
    }

    @Test("A layout that does not exist fails the device and says so")
    func refusesUnknownLayouts() async throws {
        var configuration = DeviceConfiguration()
        configuration.wedge.layout = "klingon"
        let rig = try HubRig(configuration)
        let wedge = VirtualWedge.plug(on: rig.bus, path: USBPath("1-3"))
        let info = try #require(await rig.info(of: wedge.plug, .failed))
        #expect(info.explanation.contains("klingon"))
        #expect(wedge.plug.claimedInterfaces.isEmpty)
        rig.stop()
    }

    @Test("Silence ends a scan without terminator")
    func endsBySilence() async throws {
        let rig = try HubRig()
        let wedge = VirtualWedge.plug(on: rig.bus, path: USBPath("1-3"))
        await rig.info(of: wedge.plug, .ready)
        wedge.type("7", terminated: false)
        #expect(await rig.scans(1).map(\.text) == ["7"])
        rig.stop()
    }

    @Test("Digits of another layout are suspected in the trace")
    func suspectsLayouts() async throws {
        var configuration = DeviceConfiguration()
        configuration.wedge.layout = "fr"
        let rig = try HubRig(configuration, tracing: true)
        let wedge = VirtualWedge.plug(on: rig.bus, path: USBPath("1-3"))
        wedge.type("4006381333931")
        _ = await rig.scans(1)
        #expect(rig.events.elements.compactMap(\.report?.outcome).contains { $0.contains("layout: us") })
        rig.stop()
    }

    @Test("A scanner that offers HID POS and a keyboard gives each label once, and types into nothing")
    func hearsComposites() async throws {
        var limits = HubLimits.brisk
        limits.rivalWait = .seconds(3_600)
        let rig = try HubRig(tracing: true, limits: limits)
        let (plug, _) = plug(
            rig, (0x05e0, 0x1200), [StubHID.bootKeyboard(0), StubHID.interface(1)],
            [0: Self.keyboard, 1: VirtualScanner.reportDescriptor])
        let info = try #require(await rig.info(of: plug, .ready))
        #expect(info.mode == "HID POS")
        #expect(plug.claimedInterfaces == [0, 1])
        let label = VirtualScanner.reports(Array("123".utf8), aim: "]C0")[0]
        for report in VirtualWedge.reports("123\n") { plug.complete(endpoint: 0x81, .completed(report)) }
        await rig.events.wait { $0.contains { $0.report?.outcome.contains("if HID POS does not") == true } }
        plug.complete(endpoint: 0x82, .completed(label))
        #expect(await rig.scans(1).map(\.interface) == [1])
        for report in VirtualWedge.reports("123\n") { plug.complete(endpoint: 0x81, .completed(report)) }
        await rig.events.wait { $0.contains { $0.report?.outcome.contains("passed over") == true } }
        plug.complete(endpoint: 0x82, .completed(label))
        #expect(await rig.scans(2).map(\.interface) == [1, 1])
        #expect(rig.events.elements.compactMap(\.problem).isEmpty)
        rig.stop()
    }

    @Test(
        "A scanner that offers HID POS and gives its labels as keys alone is heard, and told of once, until HID POS speaks"
    )
    func hearsSilentPOS() async throws {
        var limits = HubLimits.brisk
        limits.rivalWait = .microseconds(10)
        let rig = try HubRig(tracing: true, limits: limits)
        let (plug, _) = plug(
            rig, (0x05e0, 0x1200), [StubHID.bootKeyboard(0), StubHID.interface(1)],
            [0: Self.keyboard, 1: VirtualScanner.reportDescriptor])
        #expect(await rig.info(of: plug, .ready)?.mode == "HID POS")
        for number in 1...2 {
            for report in VirtualWedge.reports("12\(number)\n") { plug.complete(endpoint: 0x81, .completed(report)) }
            #expect(await rig.scans(number).last?.text == "12\(number)")
        }
        let problems = rig.events.elements.compactMap(\.problem)
        #expect(problems.count == 1 && problems[0].contains("labels as keys alone"))
        plug.complete(endpoint: 0x82, .completed(VirtualScanner.reports(Array("POS".utf8), aim: "]C0")[0]))
        #expect(await rig.scans(3).last?.text == "POS")
        for report in VirtualWedge.reports("9\n") { plug.complete(endpoint: 0x81, .completed(report)) }
        await rig.events.wait { $0.contains { $0.report?.outcome.contains("passed over") == true } }
        #expect(rig.events.elements.compactMap(\.scan).map(\.interface) == [0, 0, 1])
        rig.stop()
    }

    @Test("The vendor's collection beside a scanner's is no data")
    func passesOverVendorCollections() async throws {
        let rig = try HubRig()
        let vendor = HIDFixtures.bytes("068cff 0902 a101 1500 26ff00 7508 953f 09fe 8102 c0")
        let (plug, _) = plug(
            rig, (0x0c2e, 0x0b87), [StubHID.interface(0), StubHID.interface(1)],
            [0: vendor, 1: VirtualScanner.reportDescriptor])
        await rig.info(of: plug, .ready)
        #expect(plug.claimedInterfaces == [1])
        rig.stop()
    }

    @Test("A keyboard with a scanner or a display in the same interface keeps its driver unless it is named")
    func leavesCombinedKeyboards() async throws {
        var keys = Self.keyboard
        keys.insert(contentsOf: [0x85, 0x07], at: 6)
        for other in [VirtualScanner.reportDescriptor, SyntheticDisplay.reportDescriptor] {
            let rig = try HubRig()
            let (plug, _) = plug(rig, (0x1209, 0x0002), [StubHID.interface(0)], [0: keys + other])
            let info = try #require(await rig.info(of: plug, .notClaimed))
            #expect(info.explanation.contains("device: \"1209:0002\""))
            #expect(rig.bus.kernelDriver(of: plug.device, interface: 0) == "usbhid")
            rig.stop()
        }
    }
}
