import Dispatch
import Logging
import Synchronization

/// Keeps the service manager informed while an edge runs: carries out what ``Heartbeats`` decides.
package final class Supervision: Sendable {
    /// How many looks there are in the time after which the manager gives a service up.
    private static let turnsPerWatchdogTime = 6
    /// How often there is a look when the manager has no watchdog: for the line of its status alone.
    private static let statusWait: Duration = .seconds(10)

    private let notifier: ServiceNotifier
    private let ask: @Sendable (Heartbeats.Party, _ beat: @escaping @Sendable () -> Void) -> Bool
    private let status: @Sendable () -> String
    private let logger: Logger
    private let heartbeats = Mutex(Heartbeats())
    private let told = Mutex("")
    /// A thread of its own, so that nothing which hangs keeps the looks from being taken.
    private let queue = DispatchQueue(label: "countertop.supervision")
    private let wait: Duration
    private let isOn = Atomic(false)

    /// - Parameters:
    ///   - ask: has a party call `beat` when its turn comes; false when it cannot be asked.
    ///   - status: how the service stands, in a line.
    init(
        _ notifier: ServiceNotifier, logger: Logger,
        ask: @escaping @Sendable (Heartbeats.Party, _ beat: @escaping @Sendable () -> Void) -> Bool,
        status: @escaping @Sendable () -> String
    ) {
        self.notifier = notifier
        self.ask = ask
        self.status = status
        self.logger = logger
        wait = notifier.watchdogTime.map { $0 / Self.turnsPerWatchdogTime } ?? Self.statusWait
    }

    /// Says that the service is ready, and looks after it from now on.
    func begin() {
        let words = status()
        told.withLock { $0 = words }
        notifier.ready(words)
        isOn.store(true, ordering: .relaxed)
        queue.async { self.turn() }
    }

    /// Says that the service stops, and looks no more.
    package func end() {
        isOn.store(false, ordering: .relaxed)
        notifier.stopping()
    }

    private func turn() {
        guard isOn.load(ordering: .relaxed) else { return }
        queue.asyncAfter(deadline: .now() + wait / .seconds(1)) { [weak self] in self?.turn() }
        for action in heartbeats.withLock({ $0.turn() }) {
            switch action {
            case .ask(let parties): parties.forEach(ask)
            case .feed: notifier.feedWatchdog()
            case .stuck(let parties):
                logger.critical(
                    "A part of the edge does not answer. If that goes on, the service manager ends it and starts it anew.",
                    metadata: ["parts": "\(parties.map(\.rawValue).joined(separator: ", "))"])
            case .recovered: logger.notice("Every part of the edge answers again.")
            }
        }
        let words = status()
        guard
            told.withLock({ told in
                defer { told = words }
                return told != words
            })
        else { return }
        notifier.status(words)
    }

    private func ask(_ party: Heartbeats.Party) {
        let isAsked = ask(party) { [weak self] in self?.heartbeats.withLock { $0.beat(party) } }
        if !isAsked { heartbeats.withLock { $0.refused(party) } }
    }
}
