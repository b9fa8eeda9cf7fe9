import Testing
import USB

@testable import Devices

@Suite(.timeLimit(.minutes(2))) struct RecoveryTests {
    private let path = USBPath("1-1")
    private let label = VirtualScanner.reports([0x41], aim: "]C0")[0]

    @Test("A scan comes after each stall, which loses nothing")
    func readsOnAfterStalls() async throws {
        let rig = try HubRig()
        let scanner = VirtualScanner.plug(on: rig.bus, path: path)
        await rig.info(of: scanner.plug, .ready)
        for _ in 0..<3 {
            scanner.plug.complete(endpoint: 0x82, .stalled)
            scanner.plug.complete(endpoint: 0x82, .completed(label))
        }
        #expect(await rig.scans(3).count == 3)
        #expect(rig.events.elements.compactMap(\.problem).isEmpty)
        rig.stop()
    }

    @Test(
        "After an error, babble, a time-out the next label may be the rest of one: it is dropped and said so, one after it comes",
        arguments: [USBCompletion.failed, .overflow, .timedOut])
    func dropsTails(fault: USBCompletion) async throws {
        let rig = try HubRig()
        let scanner = VirtualScanner.plug(on: rig.bus, path: path)
        let beeps = Record<Feedback>()
        scanner.onBeep { beeps.add($0) }
        await rig.info(of: scanner.plug, .ready)
        let parts = VirtualScanner.reports([UInt8](repeating: 0x42, count: 150), aim: "]Q1")
        scanner.plug.complete(endpoint: 0x82, fault)
        for part in parts.dropFirst() { scanner.plug.complete(endpoint: 0x82, .completed(part)) }
        scanner.plug.complete(endpoint: 0x82, .completed(label))
        #expect(await rig.scans(1).map(\.text) == ["A"])
        #expect(rig.events.elements.compactMap(\.problem).filter { $0.contains("lost a part") }.count == 1)
        await beeps.wait { $0 == [.error] }
        rig.stop()
    }

    @Test("A reading that ends as if the device were gone leaves no scanner that seems ready, and is taken up again")
    func falseGone() async throws {
        var limits = HubLimits.brisk
        limits.openWaitMax = .microseconds(10)
        let rig = try HubRig(limits: limits)
        let scanner = VirtualScanner.plug(on: rig.bus, path: path)
        await rig.info(of: scanner.plug, .ready)
        rig.events.forget()
        scanner.plug.complete(endpoint: 0x82, .gone)
        await rig.info(of: scanner.plug, .ready)
        #expect(rig.events.elements.compactMap(\.info).map(\.state) == [.opening, .ready])
        scanner.plug.complete(endpoint: 0x82, .completed(label))
        #expect(await rig.scans(1).count == 1)
        rig.stop()
    }

    @Test("A device whose configuration cannot be read is listed as failed, with the reason, and never opened")
    func unreadableConfiguration() async throws {
        let rig = try HubRig()
        let device = USBDevice(
            plug: 0, path: path, vendorID: 0x05e0, productID: 0x1200, release: 0, deviceClass: 0, manufacturer: nil,
            product: nil, serial: nil, configuration: USBConfiguration(interfaces: []), fault: "It cannot be read.")
        let plug = rig.bus.plug(device, behaviour: StubHID([:]))
        let info = try #require(await rig.info(of: plug, .failed))
        #expect(info.explanation == "It cannot be read." && info.canOpen == nil)
        rig.stop()
    }

    @Test("A device that was given up says when it is tried again, and is tried when it is plugged in again")
    func triesReplugged() async throws {
        let rig = try HubRig()
        let scanner = VirtualScanner.plug(on: rig.bus, path: path)
        await rig.info(of: scanner.plug, .ready)
        for _ in 0...HubLimits.standard.stallsMax { scanner.plug.complete(endpoint: 0x82, .stalled) }
        let info = try #require(await rig.info(of: scanner.plug, .failed))
        #expect(info.explanation.contains("tried again every 3600 s, and at once when it is plugged in again"))
        scanner.plug.unplug()
        await rig.hasLeft(scanner.plug)
        let again = VirtualScanner.plug(on: rig.bus, path: path)
        await rig.info(of: again.plug, .ready)
        again.plug.complete(endpoint: 0x82, .completed(label))
        #expect(await rig.scans(1).count == 1)
        rig.stop()
    }

    @Test("A device that nobody knows and that may not be opened is not claimed, and no fault")
    func unknownWithoutRight() async throws {
        let rig = try HubRig()
        rig.bus.setOpenFault(USBError(.accessDenied, "Install udev/60-countertop.rules."), at: USBPath("1-2"))
        let device = StubHID.device((0x1209, 0x0099), [StubHID.interface(0)])
        let plug = rig.bus.plug(device, behaviour: StubHID([0: HIDFixtures.scanner]))
        let info = try #require(await rig.info(of: plug, .notClaimed))
        #expect(info.canOpen == false && info.explanation.contains("60-countertop.rules"))
        rig.stop()
    }

    @Test("A scanner that stalls without end fails with an explanation and gets its driver back")
    func givesUpStalls() async throws {
        let rig = try HubRig()
        let scanner = VirtualScanner.plug(on: rig.bus, path: path)
        await rig.info(of: scanner.plug, .ready)
        for _ in 0...HubLimits.standard.stallsMax { scanner.plug.complete(endpoint: 0x82, .stalled) }
        let info = try #require(await rig.info(of: scanner.plug, .failed))
        #expect(info.explanation.contains("refuses to be read"))
        #expect(scanner.plug.claimedInterfaces.isEmpty)
        #expect(rig.bus.kernelDriver(of: scanner.plug.device, interface: 0) == "usbhid")
        rig.stop()
    }

    @Test("A device that failed is tried again while it is plugged in")
    func triesAgain() async throws {
        var limits = HubLimits.brisk
        limits.reopenWait = .milliseconds(1)
        let rig = try HubRig(limits: limits)
        let scanner = VirtualScanner.plug(on: rig.bus, path: path)
        await rig.info(of: scanner.plug, .ready)
        for _ in 0...limits.stallsMax { scanner.plug.complete(endpoint: 0x82, .stalled) }
        scanner.plug.complete(endpoint: 0x82, .completed(label))
        #expect(await rig.scans(1).count == 1)
        rig.stop()
    }

    @Test("After errors without end the device is reset, told its state again, and read on")
    func resets() async throws {
        var limits = HubLimits.brisk
        limits.errorTimeMax = .zero
        let rig = try HubRig(limits: limits)
        let stub = StubHID([0: HIDFixtures.scanner])
        let device = StubHID.device((0x0c2e, 0x0b87), [StubHID.interface(0)])
        let plug = rig.bus.plug(device, behaviour: stub)
        await rig.info(of: plug, .ready)
        rig.hub.send(.disarm, to: device.path)
        await stub.requests.wait { $0.contains { $0.data == [4, 1] } }
        plug.complete(endpoint: 0x81, .failed)
        await stub.requests.wait { $0.count { $0.data == [4, 1] } == 2 }
        rig.stop()
    }

    @Test("A node without permission fails with the rule to install")
    func explainsPermission() async throws {
        let rig = try HubRig()
        rig.bus.setOpenFault(USBError(.accessDenied, "Denied. Install udev/60-countertop.rules."), at: path)
        let scanner = VirtualScanner.plug(on: rig.bus, path: path)
        let info = try #require(await rig.info(of: scanner.plug, .failed))
        #expect(info.canOpen == false && info.explanation.contains("60-countertop.rules"))
        rig.stop()
    }

    @Test("A node that opens at the second try is opened", arguments: [USBError.Code.accessDenied, .busy, .notFound])
    func opensLate(code: USBError.Code) async throws {
        var limits = HubLimits.brisk
        limits.reopenWait = .microseconds(10)
        let rig = try HubRig(limits: limits)
        rig.bus.setOpenFault(USBError(code, "Not yet."), at: path)
        let scanner = VirtualScanner.plug(on: rig.bus, path: path)
        await rig.info(of: scanner.plug, .failed)
        rig.bus.setOpenFault(nil, at: path)
        await rig.info(of: scanner.plug, .ready)
        rig.stop()
    }

    @Test("A device that the kernel lets nobody open says so, holds up no scanner beside it, and is used when it opens")
    func heldByKernel() async throws {
        var limits = HubLimits.brisk
        limits.openingTellWait = .microseconds(10)
        let rig = try HubRig(limits: limits)
        rig.bus.holdOpenings(at: path)
        let mute = VirtualScanner.plug(on: rig.bus, path: path)
        let well = VirtualScanner.plug(on: rig.bus, path: USBPath("1-2"))
        await rig.info(of: well.plug, .ready)
        well.plug.complete(endpoint: 0x82, .completed(label))
        #expect(await rig.scans(1).count == 1)
        await rig.events.wait { $0.contains { $0.info?.explanation.contains("does not answer the kernel") == true } }
        #expect(rig.events.elements.compactMap(\.info).last { $0.device.path == path }?.state == .opening)
        rig.bus.letOpen(at: path)
        let info = try #require(await rig.info(of: mute.plug, .ready))
        #expect(info.explanation.isEmpty)
        rig.stop()
    }

    @Test("A device that is pulled out while the kernel lets nobody open it has left, and comes back")
    func leavesHeld() async throws {
        let rig = try HubRig()
        rig.bus.holdOpenings(at: path)
        let mute = VirtualScanner.plug(on: rig.bus, path: path)
        await rig.info(of: mute.plug, .opening)
        mute.plug.unplug()
        await rig.hasLeft(mute.plug)
        rig.bus.letOpen(at: path)
        let again = VirtualScanner.plug(on: rig.bus, path: path)
        await rig.info(of: again.plug, .ready)
        again.plug.complete(endpoint: 0x82, .completed(label))
        #expect(await rig.scans(1).count == 1)
        rig.stop()
    }

    @Test(
        "Honeywell's switch to HID POS is sent where the descriptor has it, and to no other maker",
        arguments: [
            (UInt16(0x0c2e), UInt16(0x0b87), true), (0x1209, 0x0002, false),
        ])
    func switchesHoneywell(vendor: UInt16, product: UInt16, isSent: Bool) async throws {
        let rig = try HubRig()
        var descriptor = HIDFixtures.labScanner
        descriptor.insert(contentsOf: HIDFixtures.bytes("85fe 7508 9501 0609ff 0901 b102"), at: descriptor.count - 1)
        let stub = StubHID([0: descriptor])
        let plug = rig.bus.plug(StubHID.device((vendor, product), [StubHID.interface(0)]), behaviour: stub)
        await rig.info(of: plug, .ready)
        let sent = stub.requests.elements.filter { $0.setup.value == 0x03FE }.map(\.data)
        #expect(sent == (isSent ? [[0xFE, 1]] : []))
        rig.stop()
    }

    @Test("A label of which a report may be missing is dropped, and the next one is whole")
    func dropsHoles() async throws {
        let rig = try HubRig(tracing: true)
        let scanner = VirtualScanner.plug(on: rig.bus, path: path)
        let parts = VirtualScanner.reports([UInt8](repeating: 0x41, count: 150), aim: "]Q1")
        scanner.plug.complete(endpoint: 0x82, .completed(parts[0]))
        scanner.plug.complete(endpoint: 0x82, .overflow)
        scanner.plug.complete(endpoint: 0x82, .completed(parts[2]))
        scanner.plug.complete(endpoint: 0x82, .completed(label))
        #expect(await rig.scans(1).map(\.text) == ["A"])
        #expect(rig.events.elements.compactMap(\.report?.outcome).contains { $0.contains("a part of it was lost") })
        #expect(rig.events.elements.compactMap(\.problem).count == 1)
        rig.stop()
    }
}
