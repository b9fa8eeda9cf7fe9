import Dispatch
package import Foundation
package import Journal
package import Storage
import Synchronization

/// Delivers the outbox of one system, an entry at a time, until it is cancelled: it does what its ``OutboxEngine`` says.
///
/// Before an entry leaves, the file says so, and after it has arrived: whatever happens between finds it again as one whose
/// outcome is unknown, unless the system knows it a second time.
package final class OutboxRunner: Sendable {
    /// What happens, for a log.
    package enum Event: Sendable {
        case delivered(OutboxEntry)
        /// It waits for its next try, for a check, or for a person, or is out of date; its reason says why.
        case held(OutboxEntry)
        /// The outbox cannot be read or written.
        case unusable(StorageError)
    }

    /// How the system stands.
    package struct Status: Sendable, Equatable {
        package var isDown = false
        /// When it is tried next, while it is left alone.
        package var nextTry: Date?
        /// Why the last try failed; empty after one that did not.
        package var failure = ""
    }

    private struct Clocks {
        var last: FeedTime
        /// By how much the clock on the wall may lag behind the other one before it counts as set back.
        static let slack = 1.0

        mutating func wentBack(_ now: FeedTime) -> Bool {
            defer { last = now }
            let passed = (now.uptime - last.uptime) / .seconds(1)
            return now.wall.timeIntervalSince(last.wall) < passed - Self.slack
        }
    }

    package let system: String
    private let outbox: Outbox
    private let receiver: any OutboxReceiver
    private let now: @Sendable () -> FeedTime
    private let onEvent: @Sendable (Event) -> Void
    private let alarm: FeedAlarm
    private let engine: Mutex<OutboxEngine>
    /// The outbox waits for the disk, which would hold up a task's thread.
    private let thread = DispatchQueue(label: "countertop.outbox")

    /// - Parameters:
    ///   - time: by which it waits.
    ///   - onEvent: is told on the runner's own task.
    package init(
        system: String, outbox: Outbox, receiver: any OutboxReceiver, engine: OutboxEngine,
        now: @escaping @Sendable () -> FeedTime, time: StoreTime = .real,
        onEvent: @escaping @Sendable (Event) -> Void
    ) {
        alarm = FeedAlarm(time: time)
        self.system = system
        self.outbox = outbox
        self.receiver = receiver
        self.engine = Mutex(engine)
        self.now = now
        self.onEvent = onEvent
    }

    package var status: Status {
        let time = now()
        return engine.withLock { engine in
            let next = engine.pause(now: time).map { time.wall.addingTimeInterval($0 / .seconds(1)) }
            return Status(isDown: engine.isDown, nextTry: next, failure: engine.lastFailure)
        }
    }

    /// A person wants something delivered now; see ``OutboxEngine/wake()``.
    package func wake() {
        engine.withLock { $0.wake() }
        alarm.ring()
    }

    /// Runs until the task is cancelled. One runs for a system at a time.
    package func run() async {
        outbox.onChange(of: system) { [alarm] in alarm.ring() }
        defer { outbox.onChange(of: system, nil) }
        var clocks = Clocks(last: now())
        var isBegun = false
        while !Task.isCancelled {
            let wait: Duration
            do throws(StorageError) {
                if !isBegun { try await takeUpInterrupted() }
                // The clock may have been set back while the edge was off, too.
                if clocks.wentBack(now()) || !isBegun { try await setDueByNewClock() }
                isBegun = true
                wait = try await step()
            } catch {
                onEvent(.unusable(error))
                // How a delivery went may not be on the disk, so what was being delivered is taken up anew.
                isBegun = false
                wait = OutboxDelivery.lookEvery
            }
            if wait > .zero { _ = await alarm.wait(for: wait) }
        }
    }

    /// Does the next thing.
    /// - Returns: how long to wait before the one after it.
    private func step() async throws(StorageError) -> Duration {
        let first = try await onThread { [outbox, system] () throws(StorageError) in try outbox.first(system: system) }
        let time = now()
        let action = engine.withLock { $0.action(first: first?.standing, now: time) }
        if let first, !first.isReadable { return try await refuseUnreadable(first) }
        switch (action, first) {
        case (.wait(let time), _): return time
        case (.deliver, let entry?):
            guard try await isNewest(entry) else { return .zero }
            return try await whileHeld(entry) { entry async throws(StorageError) in
                let begun = engine.withLock { $0.begun(entry.standing, now: time) }
                guard let sending = try await note(begun, of: entry) else { return }
                try await end(sending, await limited { [receiver] in await receiver.deliver(sending) })
            }
        case (.check, let entry?):
            return try await whileHeld(entry) { entry async throws(StorageError) in
                try await end(entry, await limited { [receiver] in await receiver.check(entry) })
            }
        case (_, nil): return OutboxDelivery.lookEvery
        }
    }

    /// Whether an entry is the newest that says how its place is. What is out of date is given up on the disk before anything is
    /// sent, so that nothing is left that a restart, or a person who retries it, could have sent late.
    private func isNewest(_ entry: OutboxEntry) async throws(StorageError) -> Bool {
        guard let place = receiver.place(of: entry) else { return true }
        let newest = try await onThread { [outbox] () throws(StorageError) in
            try outbox.newest(at: place, of: entry.system)
        }
        // One that somebody dropped was the last word all the same: what came before it would be told too late.
        if let newest, newest.id > entry.id {
            try await giveUp(entry, for: newest)
            return false
        }
        while true {
            let older = try await onThread { [outbox] () throws(StorageError) in
                try outbox.undelivered(at: place, of: entry.system, before: entry.id)
            }
            guard !older.isEmpty else { return true }
            for other in older {
                // Somebody decided of it this moment: it is looked at once more.
                guard try await giveUp(other, for: entry) else { return false }
            }
        }
    }

    /// - Returns: whether it is noted.
    @discardableResult
    private func giveUp(_ entry: OutboxEntry, for newer: OutboxEntry) async throws(StorageError) -> Bool {
        var standing = entry.standing
        standing.state = .dropped
        standing.reason =
            newer.standing.state == .dropped
            ? "It is out of date: entry \(newer.id), which was dropped, said how it is since."
            : "It is out of date: entry \(newer.id) says how it is since."
        standing.changedAt = now().wall
        guard let noted = try await note(standing, of: entry) else { return false }
        onEvent(.held(noted))
        return true
    }

    /// Does something with an entry of which nobody decides meanwhile: it would be sent though it was given up, or sent twice.
    /// - Returns: how long to wait before the next thing. Whoever decides of it this moment wakes the runner then.
    private func whileHeld(
        _ entry: OutboxEntry, _ work: (OutboxEntry) async throws(StorageError) -> Void
    ) async throws(StorageError) -> Duration {
        let taken = try await onThread { [outbox] () throws(StorageError) in try outbox.hold(entry) }
        guard let taken else {
            let present = try await onThread { [outbox] () throws(StorageError) in try outbox.entry(entry.id) }
            return present?.standing.revision == entry.standing.revision ? OutboxDelivery.lookEvery : .zero
        }
        defer { outbox.letGo(taken.id) }
        try await work(taken)
        return .zero
    }

    /// What nobody can read cannot be delivered, and must not hold up the others.
    private func refuseUnreadable(_ entry: OutboxEntry) async throws(StorageError) -> Duration {
        var standing = entry.standing
        standing.state = .refused
        standing.reason = "The entry cannot be read: its bytes are damaged, or sealed with another key. Drop it."
        standing.changedAt = now().wall
        if let noted = try await note(standing, of: entry) { onEvent(.held(noted)) }
        return .zero
    }

    private func end(_ entry: OutboxEntry, _ delivery: Delivery) async throws(StorageError) {
        let time = now()
        let standing = engine.withLock { $0.ended(entry.standing, delivery, now: time) }
        guard let noted = try await note(standing, of: entry) else { return }
        onEvent(noted.standing.state == .sent ? .delivered(noted) : .held(noted))
    }

    /// Cancels work that takes too long; only the receiver can say what became of it then.
    private func limited(_ work: @escaping @Sendable () async -> Delivery) async -> Delivery {
        let task = Task { await work() }
        let timer = Task {
            try? await Task.sleep(for: OutboxDelivery.deliveryTimeMax)
            if !Task.isCancelled { task.cancel() }
        }
        defer { timer.cancel() }
        return await withTaskCancellationHandler {
            await task.value
        } onCancel: {
            task.cancel()
        }
    }

    private func takeUpInterrupted() async throws(StorageError) {
        while true {
            let entries = try await onThread { [outbox, system] () throws(StorageError) in
                try outbox.interrupted(system: system)
            }
            guard !entries.isEmpty else { return }
            for entry in entries {
                let isRepeatable = receiver.isRepeatable(entry)
                let time = now()
                let standing = engine.withLock {
                    $0.interrupted(entry.standing, isRepeatable: isRepeatable, now: time)
                }
                if let noted = try await note(standing, of: entry) { onEvent(.held(noted)) }
            }
        }
    }

    private func setDueByNewClock() async throws(StorageError) {
        let wall = now().wall
        try await onThread { [outbox, system] () throws(StorageError) in
            try outbox.clockWentBack(system: system, now: wall)
        }
    }

    private func note(_ standing: OutboxStanding, of entry: OutboxEntry) async throws(StorageError) -> OutboxEntry? {
        try await onThread { [outbox] () throws(StorageError) in try outbox.note(standing, of: entry) }
    }

    private func onThread<Value: Sendable>(
        _ body: @escaping @Sendable () throws(StorageError) -> Value
    ) async throws(StorageError) -> Value {
        let result = await withCheckedContinuation { done in
            thread.async { done.resume(returning: Result { () throws(StorageError) in try body() }) }
        }
        return try result.get()
    }
}
