import Testing
import USB

@testable import Devices

@Suite(.timeLimit(.minutes(2))) struct WriteRecoveryTests {
    private let start = ContinuousClock.now
    private let limits = HubLimits.standard

    /// What follows from so many writes that are not taken.
    private func climb(
        _ recovery: inout WriteRecovery, _ count: Int, hasEndpoint: Bool = true, after time: Duration = .zero
    ) -> [WriteRecovery.Action] {
        (0..<count).map { _ in recovery.next(after: .timedOut, hasEndpoint: hasEndpoint, at: start + time) }
    }

    @Test("A device that takes nothing has its halt ended, is reset, opened anew, told of, and then left alone")
    func ladder() {
        var recovery = WriteRecovery(limits: limits)
        let actions = climb(&recovery, 12)
        #expect(limits.untakenMax == 2)
        #expect(
            actions == [
                .nothing, .clearHalt, .nothing, .reset, .nothing, .reopen, .nothing, .tell, .nothing, .nothing,
                .nothing,
                .nothing,
            ])
        #expect(recovery.isExhausted)
    }

    @Test("Without an endpoint of its own there is no halt to end")
    func withoutEndpoint() {
        var recovery = WriteRecovery(limits: limits)
        #expect(climb(&recovery, 4, hasEndpoint: false) == [.nothing, .reset, .nothing, .reopen])
    }

    @Test(
        "A write that is taken or refused in between shows that the device listens",
        arguments: [USBCompletion.completed([]), .stalled])
    func listens(end: USBCompletion) {
        var recovery = WriteRecovery(limits: limits)
        for _ in 0..<10 {
            #expect(climb(&recovery, 1) == [.nothing])
            #expect(recovery.next(after: end, hasEndpoint: true, at: start) == .nothing)
        }
    }

    @Test("No step is taken twice within a minute, and after a minute of health the ladder begins anew")
    func bounded() {
        var recovery = WriteRecovery(limits: limits)
        #expect(climb(&recovery, 2).last == .clearHalt)
        _ = recovery.next(after: .completed([]), hasEndpoint: true, at: start + .seconds(1))
        #expect(climb(&recovery, 2, after: .seconds(2)).last == .reset)
        _ = recovery.next(after: .completed([]), hasEndpoint: true, at: start + limits.healthyTime + .seconds(2))
        #expect(climb(&recovery, 2, after: .seconds(90)).last == .clearHalt)
    }

    @Test(
        "What was cancelled, or ended with the device, says nothing of it", arguments: [USBCompletion.cancelled, .gone])
    func saysNothing(end: USBCompletion) {
        var recovery = WriteRecovery(limits: limits)
        for _ in 0..<20 { #expect(recovery.next(after: end, hasEndpoint: true, at: start) == .nothing) }
    }

    @Test("A scanner that takes no orders reads on, is opened anew once, told of once, and heals when it listens again")
    func scanner() async throws {
        var limits = HubLimits.brisk
        limits.openWaitMax = .microseconds(10)
        let rig = try HubRig(limits: limits)
        let mute = Record<Bool>()
        mute.add(true)
        var stub = StubHID([0: HIDFixtures.scanner])
        stub.answer = { $0.request == 0x09 && mute.elements.last == true ? .timedOut : nil }
        let plug = rig.bus.plug(StubHID.device((0x0c2e, 0x0b87), [StubHID.interface(0)]), behaviour: stub)
        await rig.info(of: plug, .ready)
        rig.events.forget()
        let label = VirtualScanner.reports([0x41], aim: "]C0")[0]
        for number in 1...6 {
            let before = stub.requests.elements.count { $0.setup.request == 0x09 }
            // What it is told while a step is under way is not said.
            while stub.requests.elements.count(where: { $0.setup.request == 0x09 }) == before, !Task.isCancelled {
                rig.hub.send(.beep(.goodRead), to: plug.device.path)
                await rig.settle()
            }
            if number == 4 { await rig.info(of: plug, .ready) }
        }
        await rig.events.wait { $0.contains { $0.problem?.contains("takes no orders") == true } }
        #expect(rig.events.elements.compactMap(\.info).map(\.state) == [.opening, .ready])
        // The first label after a step may be the rest of one.
        for _ in 0..<2 { plug.complete(endpoint: 0x81, .completed(label)) }
        #expect(await rig.scans(1).map(\.text).first == "A")
        mute.add(false)
        rig.hub.send(.beep(.goodRead), to: plug.device.path)
        await stub.requests.wait { $0.last?.data.first == 4 }
        #expect(rig.events.elements.compactMap(\.problem).count == 1)
        rig.stop()
    }
}
