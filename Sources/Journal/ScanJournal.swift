import Dispatch
package import Foundation
package import Storage

/// Writes every scan down before it is handed on, numbered per lane, so that none is lost and none comes twice.
///
/// An append never waits for the disk: a thread of the journal's own commits what all lanes have ready in one
/// transaction, which is on the disk before the scans are handed on. While the disk refuses, scanning goes on: scans are
/// handed on with `journaled` false and stay in memory (up to ``JournalLimits/unwrittenScansMax``), where
/// ``scans(lane:after:limit:)`` finds them too; with their numbers unchanged they are written when the disk takes them
/// again. If the process ends before that, the next start begins a new epoch, because it cannot know which numbers were
/// given.
package final class ScanJournal: Sendable {
    /// The numbering all present scans belong to. It changes only between two runs: with a new file, and after a run
    /// that ended with scans unwritten.
    package let epoch: UInt64
    /// Where a broken file was put at the start of this run.
    package let setAside: String?
    /// Scans that were written down in an earlier run and are not in the file any more, which is whole otherwise: the disk has lost
    /// them. A new epoch began, so that no number comes twice. Those of a broken file are not counted.
    package var lostScans: UInt64 { file.lostNumbers }
    /// Changes of everything else, such as the outbox, answers to tills and uses of benefits, that were written down in an earlier run
    /// and are not in the file any more, which is whole otherwise.
    package var lostChanges: UInt64 { file.lostChanges }
    /// How many rows of that file were saved into this one, as history of their epoch.
    package let salvagedRows: Int

    /// What goes to systems outside.
    package let outbox: Outbox
    /// The ledger of benefits.
    package let redemptions: Redemptions

    let file: JournalFile
    let wrote: @Sendable (Int) -> Void
    private let mailbox: CommitMailbox
    private let clock: JournalClock
    private let limits: JournalLimits
    private let lock: FileLock
    private let ended = DispatchGroup()

    /// Opens the journal, or begins one.
    ///
    /// A broken file is set aside; what can be read of it is copied into a new one, and a new epoch begins.
    /// - Parameters:
    ///   - path: the file; its directory is the edge's own. `NAME.lock` and `NAME.unwritten` stand beside it.
    ///   - now: the time by which scans grow old.
    ///   - onFault: told on the journal's thread when the disk begins to refuse, refuses for another reason, and, with
    ///     `nil`, when everything is written again.
    /// - Throws: ``StorageError``: `inUse` while another process has the journal open, `newerSchema`, `sealBroken` for
    ///   another key's journal, and what the disk refuses.
    package init(
        path: String, vault: Vault, limits: JournalLimits = JournalLimits(),
        now: @escaping @Sendable () -> Date = { Date() },
        onFault: @escaping @Sendable (JournalFault?) -> Void
    ) throws {
        lock = try FileLock(path: path)
        let isNew = !FileManager.default.fileExists(atPath: path)
        let (pool, setAside) = try DatabaseFile.openPool(
            path: path, applicationID: JournalSchema.applicationID, schema: JournalSchema.migrator, synchronous: .full,
            ifBroken: .setAside, now: now())
        self.setAside = setAside
        self.limits = limits
        var salvage = JournalSalvage(limits: limits)
        if let setAside { salvage.copy(from: setAside, to: pool) }
        salvagedRows = salvage.rows
        let mark = UnwrittenMark(path: path)
        file = try JournalFile(
            pool: pool, vault: vault, continuesEpoch: !mark.isSet, told: mark.told,
            isNew: isNew || setAside != nil, holdsOlderRows: salvage.rows > 0,
            brokenEpoch: salvage.newestEpoch, now: now(),
            limits: limits)
        mark.update(false)
        epoch = file.epoch
        let mailbox = CommitMailbox(CommitQueue(epoch: file.epoch, lanes: try file.lanes(), limits: limits))
        self.mailbox = mailbox
        wrote = { rows in mailbox.post { ((), $0.wroteElsewhere(rows: rows)) } }
        outbox = try Outbox(file: file, limits: limits, wrote: wrote)
        redemptions = Redemptions(file: file, outbox: outbox, limits: limits, wrote: wrote)
        clock = JournalClock(file: file, limits: limits)
        start(now: now, onFault: onFault, path: path)
    }

    deinit {
        close()
    }

    private func start(
        now: @escaping @Sendable () -> Date, onFault: @escaping @Sendable (JournalFault?) -> Void, path: String
    ) {
        ended.enter()
        let thread = Thread { @Sendable [file, outbox, mailbox, clock, limits, ended] in
            let mark = UnwrittenMark(path: path)
            JournalWriter(
                file: file, outbox: outbox, mailbox: mailbox, clock: clock, limits: limits, mark: mark, now: now,
                onFault: onFault
            ).run()
            ended.leave()
        }
        thread.name = "journal"
        thread.start()
    }

    /// Numbers a scan and leaves it to the commit thread. Any thread; it never waits for the disk.
    /// - Parameters:
    ///   - operation: which operation asked for it; its answer is written in the scan's own transaction.
    ///   - committed: called on the journal's thread after the commit, or at once while the disk refuses; for each lane
    ///     in the order of its numbers. It must be brief: everything that scans waits for it.
    package func append(
        _ entry: ScanEntry, operation: ScanOperation? = nil, committed: @escaping @Sendable (JournaledScan) -> Void
    ) -> Appended {
        mailbox.post { queue in
            let appended = queue.append(entry, operation: operation, committed: committed)
            return (appended, appended != .queueFull)
        }
    }

    /// Notes what became of a scan that was handed on. It goes along with the next commit, or is written after
    /// ``JournalLimits/flushAfter``.
    package func settle(lane: String, sequence: UInt64, attachment: UInt8, expired: Bool) {
        let settlement = Settlement(attachment: attachment, expired: expired)
        mailbox.post { ((), $0.settle(ScanPlace(lane: lane, sequence: sequence), settlement, now: .now)) }
    }

    /// Notes that a till has applied this scan and all before it. Written as a settlement is.
    package func acknowledge(lane: String, sequence: UInt64) {
        mailbox.post { ((), $0.acknowledge(ScanPlace(lane: lane, sequence: sequence), now: .now)) }
    }

    /// Writes what changed in a lane in one transaction: with the next scan, or after ``JournalLimits/flushAfter``, or at
    /// once when somebody waits.
    /// - Parameter written: called when this and everything noted before is on the disk, or while the disk refuses; on the
    ///   journal's thread, or at once when there is nothing to write.
    package func note(_ change: LaneChange, lane: String, written: (@Sendable () -> Void)? = nil) {
        let isWritten = mailbox.post { queue in
            if queue.isClosing || (change.isEmpty && queue.isAllWritten) { return (true, false) }
            queue.note(change, lane: lane, now: .now, caller: written)
            return (false, true)
        }
        if isWritten { written?() }
    }

    /// An operation of a lane, by the id a till gave it and what it asks for.
    package func operation(lane: String, id: [UInt8], call: String, body: [UInt8]) -> Operation {
        // The lengths in front keep two parts apart from two others that make the same bytes.
        let key = [UInt8(truncatingIfNeeded: lane.utf8.count)] + Array(lane.utf8) + id
        let vault = file.seals.vault
        let payload = [UInt8(truncatingIfNeeded: call.utf8.count)] + Array(call.utf8) + body
        return Operation(
            key: vault.pseudonym(of: key, domain: "operation").bytes,
            payload: vault.blindIndex(payload, domain: "call"), generation: vault.generation,
            payloadBefore: vault.before?.blindIndex(payload, domain: "call"), lane: lane)
    }

    /// What is known of an operation. An answer that is not on the disk yet is known as well; ``note(_:lane:written:)``
    /// with nothing new tells when it is.
    /// - Throws: ``StorageError`` when the file cannot be read or a seal is broken.
    package func record(of operation: Operation) throws(StorageError) -> OperationRecord {
        if let record = mailbox.withQueue({ $0.record(of: operation) }) { return record }
        return try file.record(of: operation)
    }

    /// What a lane had to know after a restart, as it was noted last; `nil` when nothing was.
    /// - Throws: ``StorageError`` when the file cannot be read or the seal is broken.
    package func state(lane: String) throws(StorageError) -> [UInt8]? {
        try file.state(lane: lane)
    }

    /// The scans of a lane after a number, oldest first; those that were trimmed, or dropped while the disk refused, are
    /// missing from the sequence. One that cannot be read comes empty; see ``unreadableScans``.
    /// - Parameter limit: at most ``JournalLimits/readScansMax`` count.
    /// - Throws: ``StorageError`` when the file cannot be read.
    package func scans(lane: String, after: UInt64, limit: Int) throws -> [JournaledScan] {
        let limit = max(0, min(limit, limits.readScansMax))
        // What is in memory is looked at first: in the other order, scans written in between would be in neither.
        let (unwritten, settlements) = mailbox.withQueue {
            ($0.unwritten(lane: lane, after: after), $0.settlements)
        }
        var scans = try file.scans(lane: lane, after: after, limit: limit)
        if scans.count < limit {
            let last = scans.last?.sequence ?? after
            scans += unwritten.filter { $0.sequence > last }.prefix(limit - scans.count)
        }
        guard !settlements.isEmpty else { return scans }
        for index in scans.indices {
            guard let settlement = settlements[scans[index].place] else { continue }
            scans[index].attachment = settlement.attachment
            scans[index].expired = settlement.expired
        }
        return scans
    }

    func blankUnwritten(where matches: (ScanEntry) -> Bool) -> Int {
        // The lock is held while the scans are looked at: while the disk refuses there are at most 20,000 of them.
        mailbox.withQueue { $0.blankUnwritten(where: matches) }
    }

    /// The time by which things are too old to be kept: the clock on the wall, unless that is doubted; see
    /// ``Storage/RetentionClock``. It outlives the process, and may wait for the disk.
    package func retentionTime(wall: Date, uptime: ContinuousClock.Instant) -> Date {
        clock.time(wall: wall, uptime: uptime)
    }

    /// Scans whose bytes turned out not to be readable when they were asked for, at most
    /// ``JournalLimits/unreadableCounted``. They are given empty.
    package var unreadableScans: Int { file.unreadable.count }

    /// Where a lane stands: the oldest scan that is kept (0 when it had none yet) and the newest that was handed on.
    package func position(lane: String) -> (firstKept: UInt64, last: UInt64) {
        let numbers = mailbox.withQueue { $0.lanes[lane] } ?? LaneNumbers()
        return (numbers.firstKept, numbers.last)
    }

    /// The newest scan of a lane that a till has applied, 0 when none was.
    package func acknowledged(lane: String) -> UInt64 {
        mailbox.withQueue { $0.lanes[lane]?.acknowledged } ?? 0
    }

    /// Commits and hands on what was appended, then closes the file. Not to be called on the journal's thread. Appends
    /// that come later are refused.
    package func close() {
        let isFirst = mailbox.post { queue in
            let isFirst = !queue.isClosing
            queue.close()
            return (isFirst, true)
        }
        ended.wait()
        // What was committed is safe, whatever closing says.
        guard isFirst else { return }
        try? DatabaseFile.close(file.pool)
        lock.release()
    }
}
