package import Foundation
import Synchronization

/// Asks a system's relay for notices until it is cancelled. The relay is told that notices were worked off by the question after
/// them, so that what a crash interrupts comes again.
package final class NoticeRunner: Sendable {
    /// What happens, for a log.
    package enum Event: Sendable {
        /// Notices were worked off.
        case taken(Counts)
        case failed(SystemsError)
    }

    /// What became of notices.
    package struct Counts: Sendable, Equatable {
        package var taken = 0
        package var passedOver = 0
        package var unproven = 0
        package var broken = 0

        mutating func add(_ other: Counts) {
            taken += other.taken
            passedOver += other.passedOver
            unproven += other.unproven
            broken += other.broken
        }
    }

    /// What is worked off of a relay's notices, in this run of the edge.
    private final class Desk: Sendable {
        private struct State {
            /// Of the page whose notices were worked off last.
            var cursor: String?
            var counts = Counts()
        }

        private let receiver: any NoticeReceiver
        private let relay: NoticeRelay
        private let state = Mutex(State())

        init(_ receiver: any NoticeReceiver, _ relay: NoticeRelay) {
            self.receiver = receiver
            self.relay = relay
        }

        var counts: Counts { state.withLock(\.counts) }

        /// - Returns: whether there are no more, and what became of these.
        func takePage(anew: Bool) async throws(SystemsError) -> (isLast: Bool, counts: Counts) {
            let page = try await relay.page(after: anew ? nil : state.withLock { $0.cursor })
            var counts = Counts(broken: page.broken)
            for notice in page.notices {
                switch try await receiver.take(notice) {
                case .taken: counts.taken += 1
                case .passedOver: counts.passedOver += 1
                case .unproven: counts.unproven += 1
                }
            }
            state.withLock { [counts] state in
                state.cursor = page.cursor
                state.counts.add(counts)
            }
            return (page.isLast, counts)
        }
    }

    /// The system's name.
    package let system: String
    private let desk: Desk
    private let work: ScheduledWork

    /// - Parameter onEvent: is told on the runner's own task.
    /// - Returns: `nil` for a system without a relay.
    package init?(
        _ receiver: any NoticeReceiver, zone: TimeZone, seed: UInt64, time: StoreTime,
        onEvent: @escaping @Sendable (Event) -> Void
    ) {
        guard let relay = receiver.relay else { return nil }
        system = receiver.client.name
        let desk = Desk(receiver, relay)
        self.desk = desk
        work = ScheduledWork(
            schedule: relay.schedule, zone: zone, seed: seed, time: time,
            onFailure: { error in onEvent(.failed(error)) },
            step: { anew async throws(SystemsError) -> Bool in
                let (isLast, counts) = try await desk.takePage(anew: anew)
                if counts != Counts() { onEvent(.taken(counts)) }
                return isLast
            })
    }

    /// What became of the notices of this run of the edge.
    package var counts: Counts { desk.counts }

    /// Why the relay is not read; `nil` while it is.
    package var failure: String? { work.failure }

    /// Has it run at once.
    package func runNow() { work.runNow() }

    /// Runs until the task is cancelled.
    package func run() async { await work.run() }
}
