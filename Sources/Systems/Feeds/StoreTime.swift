import Dispatch
import Foundation

/// The time by which a store works with systems outside: what it is, and a call back after a while. It is one, so that whoever moves
/// it moves everything: schedules, pauses, circuits and ages.
package struct StoreTime: Sendable {
    package var now: @Sendable () -> FeedTime
    /// Calls back once after so long, on whatever thread.
    package var after: @Sendable (_ time: Duration, _ callBack: @escaping @Sendable () -> Void) -> Void

    package init(
        now: @escaping @Sendable () -> FeedTime,
        after: @escaping @Sendable (_ time: Duration, _ callBack: @escaping @Sendable () -> Void) -> Void
    ) {
        self.now = now
        self.after = after
    }

    private static let begin = ContinuousClock.now

    /// The machine's time.
    package static let real = StoreTime(
        now: { FeedTime(wall: Date(), uptime: begin.duration(to: .now)) },
        after: { time, callBack in
            let milliseconds = Int(min(max(0, time / .milliseconds(1)), 1e9).rounded(.up))
            DispatchQueue.global().asyncAfter(deadline: .now() + .milliseconds(milliseconds), execute: callBack)
        })

    /// Waits until so much time has passed, or the task is cancelled.
    package func sleep(for time: Duration) async {
        let alarm = FeedAlarm(time: self)
        _ = await alarm.wait(for: time)
    }
}
