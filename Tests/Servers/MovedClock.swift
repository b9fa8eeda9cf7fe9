import Foundation
import Synchronization
package import Systems

/// The real time, which a test can put forward: whoever waits by it is called back as soon as it is there.
package final class MovedClock: Sendable {
    private struct State {
        var ahead = Duration.zero
        /// Who waits, and until when.
        var waiting: [(due: Duration, callBack: @Sendable () -> Void)] = []
    }

    private let begin = ContinuousClock.now
    private let state = Mutex(State())

    package init() {}

    package var now: FeedTime {
        let ahead = state.withLock(\.ahead)
        return FeedTime(
            wall: Date().addingTimeInterval(ahead / .seconds(1)), uptime: begin.duration(to: .now) + ahead)
    }

    /// Waits end when the test has put the clock so far forward, and not by themselves.
    package var time: StoreTime {
        StoreTime(
            now: { self.now },
            after: { duration, callBack in
                let due = self.now.uptime + duration
                self.state.withLock { $0.waiting.append((due, callBack)) }
            })
    }

    package func pass(_ time: Duration) {
        state.withLock { $0.ahead += time }
        let uptime = now.uptime
        let due = state.withLock { state in
            let due = state.waiting.filter { $0.due <= uptime }
            state.waiting.removeAll { $0.due <= uptime }
            return due
        }
        for entry in due { entry.callBack() }
    }
}
