import Testing
import USB

@testable import Devices

@Suite struct ReadRecoveryTests {
    private let start = ContinuousClock.now

    @Test("Waits double from 13 to 100 ms, and after a second of errors comes a reset")
    func backsOff() {
        var recovery = ReadRecovery(limits: .standard)
        var now = start
        var waits: [Duration] = []
        var last = ReadRecovery.Action.restart
        for _ in 0..<64 {
            last = recovery.next(after: .failed, at: now)
            guard case .restartLater(let wait) = last else { break }
            waits.append(wait)
            now += wait
        }
        #expect(
            waits.prefix(5) == [
                .milliseconds(13), .milliseconds(26), .milliseconds(52), .milliseconds(100), .milliseconds(100),
            ])
        #expect(last == .reset)
        #expect(start.duration(to: now) >= .seconds(1) && start.duration(to: now) < .milliseconds(1_200))
    }

    @Test("Resets are bounded")
    func boundsResets() {
        var limits = HubLimits()
        limits.errorTimeMax = .zero
        var recovery = ReadRecovery(limits: limits)
        #expect(recovery.next(after: .failed, at: start) == .reset)
        #expect(recovery.next(after: .timedOut, at: start) == .reset)
        guard case .fail = recovery.next(after: .failed, at: start) else {
            Issue.record("A third reset")
            return
        }
    }

    @Test("A report ends the count of stalls")
    func forgivesStalls() {
        var recovery = ReadRecovery(limits: .standard)
        for _ in 0..<100 {
            #expect(recovery.next(after: .stalled, at: start) == .clearHalt)
            recovery.reportCame()
        }
    }

    @Test("Babble is passed over, then waited out like an error")
    func toleratesBabble() {
        var recovery = ReadRecovery(limits: .standard)
        for _ in 0..<HubLimits.standard.overflowsMax {
            #expect(recovery.next(after: .overflow, at: start) == .restart)
        }
        #expect(recovery.next(after: .overflow, at: start) == .restartLater(.milliseconds(13)))
        #expect(recovery.next(after: .gone, at: start) == .end)
    }

    @Test("Whatever happens, and in whatever order, it comes to an end", arguments: 0..<20)
    func ends(seed: UInt64) {
        var source = HIDRandomSource(seed: seed)
        var recovery = ReadRecovery(limits: .standard)
        var now = start
        for _ in 0..<1_000 {
            let fault = [USBCompletion.stalled, .failed, .overflow, .timedOut, .cancelled].randomElement(using: &source)
            switch recovery.next(after: fault ?? .failed, at: now) {
            case .fail, .end: return
            case .restartLater(let wait): now += wait
            case .restart, .clearHalt, .reset: now += .milliseconds(1)
            }
        }
        Issue.record("Seed \(seed) goes on for ever")
    }

    @Test(
        "Faults that lie further apart than the healthy time never add up",
        arguments: [USBCompletion.stalled, .failed, .overflow, .timedOut])
    func forgets(fault: USBCompletion) {
        var limits = HubLimits()
        var recovery = ReadRecovery(limits: limits)
        let first = recovery.next(after: fault, at: start)
        for number in 1...100 {
            #expect(recovery.next(after: fault, at: start + limits.healthyTime * number) == first)
        }
        limits.errorTimeMax = .zero
        recovery = ReadRecovery(limits: limits)
        for number in 0...100 {
            #expect(recovery.next(after: .failed, at: start + limits.healthyTime * number) == .reset)
        }
    }
}
