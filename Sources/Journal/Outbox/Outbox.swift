package import Foundation
package import Storage
import Synchronization

/// One durable queue to all systems outside the store: what was put in is on the disk when the call returns, reaches its
/// system once by its operation id and in the order of its subject, and never vanishes but by somebody's word.
///
/// It knows no system and no clock: the delivering is another module's, which reads what comes next and notes how it went.
/// All calls wait for the disk.
package final class Outbox: Sendable {
    private let file: JournalFile
    private let limits: JournalLimits
    /// Told how many rows were written, for the journal's housekeeping.
    private let wrote: @Sendable (Int) -> Void
    private let tally: Mutex<OutboxTally>
    private let bells = Mutex<[String: @Sendable () -> Void]>([:])
    private let lost = Mutex(0)
    /// Entries that are being delivered or looked for this moment; nobody else decides of them. Held while a decision is
    /// written, so that none comes between the looking and the taking.
    private let held = Mutex<Set<Int64>>([])

    init(file: JournalFile, limits: JournalLimits, wrote: @escaping @Sendable (Int) -> Void) throws(StorageError) {
        self.file = file
        self.limits = limits
        self.wrote = wrote
        tally = Mutex(OutboxTally(try file.outboxCounts()))
    }

    /// Puts something in.
    /// - Throws: ``StorageError`` when the disk refuses; nothing is in it then.
    package func post(_ draft: OutboxDraft, now: Date) throws(StorageError) -> OutboxPosted {
        guard draft.fits else { return .unfit }
        guard tally.withLock({ $0.total }) < limits.outboxWaitingMax else { return .full }
        let posted = try file.post(draft, now: now)
        if case .queued = posted {
            tally.withLock { $0.count(.pending, of: draft.system, 1) }
            wrote(1)
            ring(draft.system)
        }
        return posted
    }

    /// What became of a call that may have been made before, however full the outbox is and whatever else has changed.
    /// - Returns: ``OutboxPosted/known(_:_:)``, ``OutboxPosted/otherOperation``, or `nil` when nothing is known of it.
    package func record(of request: OutboxRequest) throws(StorageError) -> OutboxPosted? {
        try file.record(of: request)
    }

    /// The entry of a system that is tried or looked for next, whether its time has come or not; `nil` when there is none.
    package func first(system: String) throws(StorageError) -> OutboxEntry? {
        try file.firstEntry(system: system)
    }

    /// The entries of a system that were being delivered when a process ended.
    package func interrupted(system: String) throws(StorageError) -> [OutboxEntry] {
        try file.sendingEntries(system: system, limit: OutboxLimits.readEntriesMax)
    }

    /// Notes where an entry stands now.
    /// - Returns: the entry as it stands, or `nil` when somebody else changed it since it was read; nothing is noted then.
    package func note(_ standing: OutboxStanding, of entry: OutboxEntry) throws(StorageError) -> OutboxEntry? {
        var standing = standing
        standing.reason = String(decoding: standing.reason.utf8.prefix(OutboxLimits.reasonBytesMax), as: UTF8.self)
        standing.revision = entry.standing.revision
        guard try file.note(standing, of: entry.id) else { return nil }
        tally.withLock { [standing] tally in
            tally.count(entry.standing.state, of: entry.system, -1)
            tally.count(standing.state, of: entry.system, 1)
        }
        wrote(1)
        standing.revision += 1
        var entry = entry
        entry.standing = standing
        return entry
    }

    // MARK: One at a time

    /// Takes an entry to deliver it or to look for it in its system; whoever took it gives it back by ``letGo(_:)``.
    /// - Returns: the entry as it stands, or `nil` when somebody changed it since it was read: it is not taken then.
    package func hold(_ entry: OutboxEntry) throws(StorageError) -> OutboxEntry? {
        let isNew = held.withLock { $0.insert(entry.id).inserted }
        guard isNew else { return nil }
        do throws(StorageError) {
            if let present = try file.entry(entry.id), present.standing.revision == entry.standing.revision {
                return present
            }
        } catch {
            letGo(entry.id)
            throw error
        }
        letGo(entry.id)
        return nil
    }

    package func letGo(_ id: Int64) { _ = held.withLock { $0.remove(id) } }

    /// Notes what a person decided of an entry.
    /// - Returns: the entry as it stands, or `nil` while it is being delivered or looked for, or when it was changed since it
    ///   was read; nothing is noted then.
    package func decide(_ standing: OutboxStanding, of entry: OutboxEntry) throws(StorageError) -> OutboxEntry? {
        let result: Result<OutboxEntry?, StorageError> = held.withLock { held in
            guard !held.contains(entry.id) else { return .success(nil) }
            return Result { () throws(StorageError) in try note(standing, of: entry) }
        }
        return try result.get()
    }

    /// How many entries about the same customer in the same system came later than this one and have arrived.
    package func arrivedAfter(_ entry: OutboxEntry) throws(StorageError) -> Int {
        try file.arrivedAfter(entry.id)
    }

    /// Entries after a number, in their order.
    /// - Parameters:
    ///   - system: `nil` for those of all.
    ///   - states: none for all.
    ///   - limit: at most ``OutboxLimits/readEntriesMax`` count.
    package func entries(
        system: String? = nil, states: [OutboxState] = [], after id: Int64 = 0, limit: Int = OutboxLimits.readEntriesMax
    ) throws(StorageError) -> [OutboxEntry] {
        let limit = max(0, min(limit, OutboxLimits.readEntriesMax))
        return try file.entries(system: system, states: states, after: id, limit: limit)
    }

    /// What is in it about a subject, oldest first.
    package func entries(
        of subject: String, limit: Int = OutboxLimits.readEntriesMax
    ) throws(StorageError) -> [OutboxEntry] {
        try file.entries(of: subject, limit: limit)
    }

    /// The entries of a kind that a system has not taken, oldest first: those that wait, and those that were refused.
    package func undelivered(
        _ kind: String, to system: String, after id: Int64 = 0
    ) throws(StorageError) -> [OutboxEntry] {
        try file.undelivered(kind, system: system, after: id, limit: OutboxLimits.readEntriesMax)
    }

    /// The entry that was put in last about a place of a system, whatever became of it; see ``OutboxDraft/place``.
    package func newest(at place: String, of system: String) throws(StorageError) -> OutboxEntry? {
        try file.newestEntry(at: place, system: system)
    }

    /// The entries about a place that were put in before another one and that their system has not taken, oldest first.
    package func undelivered(
        at place: String, of system: String, before id: Int64
    ) throws(StorageError) -> [OutboxEntry] {
        try file.undelivered(at: place, system: system, before: id, limit: OutboxLimits.readEntriesMax)
    }

    package func entry(_ id: Int64) throws(StorageError) -> OutboxEntry? { try file.entry(id) }

    /// How many entries wait or were refused, without a look at the disk.
    package var waiting: OutboxTally { tally.withLock { $0 } }

    /// How many entries of each system are in each state.
    package func counts() throws(StorageError) -> [OutboxCount] { try file.outboxCounts() }

    /// Empties all entries of a subject. One that is being delivered may have arrived; how that went is not noted any more.
    /// - Returns: how many had not come to their end.
    @discardableResult
    package func erase(subject: String, now: Date) throws(StorageError) -> Int {
        guard !subject.isEmpty else { return 0 }
        let erased = try file.eraseEntries(of: subject, now: now)
        tally.withLock { tally in
            for (system, state) in erased { tally.count(state, of: system, -1) }
        }
        wrote(erased.count + 1)
        return erased.count
    }

    /// Has all entries about a subject go on as another one's; they keep their order with what is about that one already. What is on
    /// its way, or may have arrived, stays as it was told, and is told for the other one once it is known not to have arrived.
    /// - Parameter readdressed: an entry's payload for the other one.
    package func move(
        subject: String, to successor: String, _ readdressed: ([UInt8]) -> [UInt8] = { $0 }
    ) throws(StorageError) {
        guard !subject.isEmpty, !successor.isEmpty else { return }
        wrote(1 + (try file.moveEntries(of: subject, to: successor, readdressed)))
    }

    /// The clock was set back: what waits for a time that the new one reaches much later is due now.
    package func clockWentBack(system: String, now: Date) throws(StorageError) {
        try file.outboxClockWentBack(system: system, now: now)
        wrote(1)
    }

    // MARK: Who waits for something

    /// - Parameter bell: called when something of the system was put in or changed by a person; it must be brief.
    package func onChange(of system: String, _ bell: (@Sendable () -> Void)?) {
        bells.withLock { $0[system] = bell }
    }

    package func ring(_ system: String) {
        bells.withLock { $0[system] }?()
    }

    // MARK: From the commit thread

    /// Effects of lanes that were not taken, because too many wait for their systems, or for the disk.
    package var lostCount: Int { lost.withLock { $0 } }

    func lose(_ count: Int) {
        lost.withLock { $0 += count }
    }

    /// Entries of a lane's change were written, beyond ``JournalLimits/outboxWaitingMax`` too: what they tell has happened.
    func took(_ drafts: [SealedDraft]) {
        tally.withLock { tally in
            for draft in drafts { tally.count(.pending, of: draft.system, 1) }
        }
        for system in Set(drafts.map(\.system)) { ring(system) }
    }
}

extension OutboxCount {
    /// When the oldest of them came.
    package var oldestAt: Date { Date(timeIntervalSince1970: Double(oldest) / 1_000_000) }
}
