import Foundation
import Journal
import Logging
import Storage
import Systems
import Wire

/// The store's outbox: a runner for each system that the configuration names.
final class StoreOutbox: Sendable {
    let outbox: Outbox
    let runners: [OutboxRunner]
    /// Told of each entry that stands otherwise.
    private let onChange: @Sendable (Journal.OutboxEntry) -> Void
    private let running = Runners()
    private let giveUp = Hook<@Sendable (Journal.OutboxEntry) throws -> Void>({ _ in })

    /// - Parameters:
    ///   - receivers: the systems by their names in the configuration.
    ///   - onChange: is told of each entry that stands otherwise, on any thread.
    init(
        _ outbox: Outbox, receivers: [String: any OutboxReceiver], time: StoreTime, logger: Logger,
        onChange: @escaping @Sendable (Journal.OutboxEntry) -> Void
    ) {
        self.outbox = outbox
        self.onChange = onChange
        runners = receivers.sorted { $0.key < $1.key }.map { system, receiver in
            OutboxRunner(
                system: system, outbox: outbox, receiver: receiver,
                engine: OutboxEngine(seed: .random(in: 0 ... .max)),
                now: time.now, time: time,
                onEvent: { event in
                    logger.tell(event, of: system)
                    if let entry = event.entry { onChange(entry) }
                })
        }
    }

    /// Whether a system takes entries under this name.
    func serves(_ system: String) -> Bool { runners.contains { $0.system == system } }

    /// - Parameter giveUp: takes away what an entry that a person gives up has made in this store. What it did before the edge ended
    ///   amid it is done once more when the entry is given up again.
    func onGivenUp(_ giveUp: @escaping @Sendable (Journal.OutboxEntry) throws -> Void) { self.giveUp.set(giveUp) }

    /// Notes what a person decided of an entry. It waits for the disk.
    /// - Returns: the entry as it stands, or `nil` while it is being delivered or looked for, or when it was changed since it was
    ///   read; nothing is noted then.
    func decide(_ standing: OutboxStanding, of entry: Journal.OutboxEntry) throws -> Journal.OutboxEntry? {
        guard standing.state == .dropped else { return try outbox.decide(standing, of: entry) }
        guard let held = try outbox.hold(entry) else { return nil }
        defer {
            outbox.letGo(entry.id)
            outbox.ring(entry.system)
        }
        try giveUp.call(held)
        // Whoever went may have taken the entry with him; the reason of the person is to stand there.
        guard let present = try outbox.entry(entry.id),
            present.standing.revision == held.standing.revision || present.standing.state == .dropped
        else { return nil }
        return try outbox.note(standing, of: present)
    }

    /// A person has decided of an entry.
    func decided(_ entry: Journal.OutboxEntry) {
        onChange(entry)
        wake(entry.system)
    }

    /// A person wants something of a system delivered now.
    private func wake(_ system: String) {
        if let runner = runners.first(where: { $0.system == system }) { runner.wake() } else { outbox.ring(system) }
    }

    func start() { for runner in runners { running.start { await runner.run() } } }

    /// Ends what is under way; how it went is noted first.
    func stop() async {
        await running.stop()
        giveUp.set({ _ in })
    }

    /// What waits for a person, or does not get through.
    var findings: [Finding] {
        let waiting = outbox.waiting
        var findings: [Finding] = runners.compactMap { runner in
            let status = runner.status
            guard status.isDown else { return nil }
            return Finding(
                reason: "SYSTEM_DOWN", message: "\(runner.system) is left alone for a while: \(status.failure)")
        }
        let (refused, unknown) = (waiting.count(.refused), waiting.count(.unknown))
        if refused + unknown > 0 {
            findings.append(
                Finding(
                    reason: "OUTBOX_HELD",
                    message:
                        "In the outbox, \(refused) entries were refused by their systems, and of \(unknown) nobody "
                        + "knows whether they arrived. Look: countertop outbox"))
        }
        let unserved = waiting.systems.filter { system in
            [.pending, .sending, .unknown].contains { waiting.count($0, of: system) > 0 }
                && !runners.contains { $0.system == system }
        }
        if !unserved.isEmpty {
            findings.append(
                Finding(
                    reason: "OUTBOX_UNSERVED",
                    message:
                        "The outbox holds entries for \(unserved.joined(separator: ", ")), which the configuration "
                        + "does not name. Name it again, or drop them: countertop outbox"))
        }
        if outbox.lostCount > 0 {
            findings.append(
                Finding(
                    reason: "OUTBOX_LOST",
                    message: "\(outbox.lostCount) entries of the outbox were lost while the disk refused. Compare the "
                        + "systems outside with the tills' receipts."))
        }
        return findings
    }
}

extension OutboxRunner.Event {
    /// The entry it is about; `nil` when it is about the outbox.
    fileprivate var entry: Journal.OutboxEntry? {
        switch self {
        case .delivered(let entry), .held(let entry): entry
        case .unusable: nil
        }
    }
}

extension Logger {
    fileprivate func tell(_ event: OutboxRunner.Event, of system: String) {
        switch event {
        case .delivered(let entry):
            debug("Delivered.", metadata: ["system": "\(system)", "entry": "\(entry.id)", "kind": "\(entry.kind)"])
        case .held(let entry):
            let level: Logger.Level = [.pending, .dropped].contains(entry.standing.state) ? .info : .warning
            log(
                level: level, "Not delivered: \(entry.standing.reason)",
                metadata: [
                    "system": "\(system)", "entry": "\(entry.id)", "kind": "\(entry.kind)",
                    "state": "\(entry.standing.state)", "attempts": "\(entry.standing.attempts)",
                ])
        case .unusable(let fault):
            error("\(fault.message)", metadata: ["system": "\(system)", "cause": "\(fault.cause ?? "unknown")"])
        }
    }
}
