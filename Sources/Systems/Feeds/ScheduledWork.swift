package import Foundation
import Synchronization

/// Does something in steps until it is cancelled, as its ``FeedEngine`` says when: on a schedule, and after failures with growing
/// pauses.
package final class ScheduledWork: Sendable {
    private let now: @Sendable () -> FeedTime
    private let step: @Sendable (_ anew: Bool) async throws(SystemsError) -> Bool
    private let onFailure: @Sendable (SystemsError) -> Void
    private let alarm: FeedAlarm
    private let engine: Mutex<FeedEngine>
    private let lastThrough: Date?

    /// - Parameters:
    ///   - lastThrough: when it was last done to its end; `nil` to begin at once.
    ///   - step: does a part, from the front when `anew`; returns whether it was the last one.
    ///   - onFailure: is told on the work's own task.
    package init(
        schedule: FeedSchedule, zone: TimeZone, seed: UInt64 = .random(in: 0 ... .max), lastThrough: Date? = nil,
        time: StoreTime,
        onFailure: @escaping @Sendable (SystemsError) -> Void,
        step: @escaping @Sendable (_ anew: Bool) async throws(SystemsError) -> Bool
    ) {
        engine = Mutex(FeedEngine(schedule: schedule, zone: zone, seed: seed))
        self.lastThrough = lastThrough
        now = time.now
        alarm = FeedAlarm(time: time)
        self.onFailure = onFailure
        self.step = step
    }

    /// Why it does not go on; `nil` while it does.
    package var failure: String? { engine.withLock { $0.failures > 0 ? $0.lastFailure?.message : nil } }

    /// Has it run at once.
    package func runNow() { alarm.ring() }

    /// Runs until the task is cancelled.
    package func run() async {
        var action = engine.withLock { $0.start(lastThrough: lastThrough, isUnderWay: false, now: now()) }
        while !Task.isCancelled {
            switch action {
            case .wait(let time):
                let isRung = await alarm.wait(for: time)
                action = engine.withLock { isRung ? $0.runNow() : $0.look(now: now()) }
            case .fetch(let anew):
                action = await carryOut(anew: anew)
            }
        }
    }

    private func carryOut(anew: Bool) async -> FeedAction {
        do throws(SystemsError) {
            let isLast = try await step(anew)
            return engine.withLock { $0.took(isLast: isLast, now: now()) }
        } catch {
            if Task.isCancelled { return .wait(FeedLimits.lookEvery) }
            onFailure(error)
            return engine.withLock { $0.failed(error, now: now()) }
        }
    }
}
