import Foundation
import Storage

/// The commit thread: it writes what all lanes have ready in one transaction and then hands the scans on.
///
/// While the disk refuses, scans are handed on at once with `journaled` false, stay in memory, and are written with
/// their numbers when the disk is well again. It belongs to its thread alone.
final class JournalWriter {
    private let file: JournalFile
    private let outbox: Outbox
    private let mailbox: CommitMailbox
    private let limits: JournalLimits
    private let mark: UnwrittenMark
    private let now: @Sendable () -> Date
    private let onFault: @Sendable (JournalFault?) -> Void

    private var statements: JournalStatements?
    private var fault: JournalFault?
    private var retryAt = ContinuousClock.now
    private var retryAfter: Duration
    private var housekeeping: Housekeeping
    private let clock: JournalClock
    private var closingTries = 0
    /// The last number of each lane that is on the disk.
    private var written: [String: UInt64]

    init(
        file: JournalFile, outbox: Outbox, mailbox: CommitMailbox, clock: JournalClock, limits: JournalLimits,
        mark: UnwrittenMark,
        now: @escaping @Sendable () -> Date, onFault: @escaping @Sendable (JournalFault?) -> Void
    ) {
        self.file = file
        self.outbox = outbox
        self.mailbox = mailbox
        self.clock = clock
        written = mailbox.withQueue { $0.lanes.mapValues(\.last) }
        self.limits = limits
        self.mark = mark
        self.now = now
        self.onFault = onFault
        retryAfter = limits.retryAfter
        housekeeping = Housekeeping(limits: limits, now: .now)
    }

    /// Works until the journal is closed and everything that was appended is handed on.
    func run() {
        while step() {}
        clock.keep()
        file.release(&statements)
    }

    /// - Returns: false when there is nothing more to do, ever.
    private func step() -> Bool {
        let time = ContinuousClock.now
        let (batch, isClosing, counts) = mailbox.withQueue { ($0.take(now: time), $0.isClosing, $0.takeCounts()) }
        if counts.rowsOfOthers > 0 { housekeeping.wrote(rows: counts.rowsOfOthers, now: time) }
        if counts.lostDrafts > 0 { outbox.lose(counts.lostDrafts) }
        if !batch.isEmpty, fault == nil {
            commit(batch)
            if housekeeping.isOverdue { keepHouse() }
            return true
        }
        if !batch.isEmpty { passUnwritten(batch) }
        if fault != nil {
            if isClosing, batch.waiting.isEmpty {
                closingTries += 1
                return retry() || closingTries < limits.closingTriesMax
            }
            if retryAt > time { sleep(until: retryAt) } else { retry() }
            return true
        }
        guard !isClosing else { return false }
        if housekeeping.isDue(at: time) { keepHouse() } else { sleep(until: housekeeping.due) }
        return true
    }

    private func sleep(until due: ContinuousClock.Instant) {
        let deadline = mailbox.withQueue { queue in
            fault == nil ? min(due, queue.flushAt ?? due) : due
        }
        mailbox.sleep(until: deadline) { $0.isReady(before: deadline) }
    }

    // MARK: Committing

    private func commit(_ batch: CommitQueue.Batch) {
        do {
            if !batch.writesNothing { outbox.took(try file.write(batch, now: now(), with: &statements)) }
            noteWritten(batch)
            let isOverfull = mailbox.withQueue { queue in
                queue.written(batch, now: .now)
                return batch.waiting.contains { queue.isOverfull($0.scan.entry.lane) }
            }
            for item in batch.waiting { item.committed(item.scan) }
            for caller in batch.callers { caller() }
            housekeeping.wrote(rows: batch.rowCount, now: .now)
            if isOverfull { housekeeping.trimSoon(now: .now) }
        } catch {
            enter(JournalFault(error))
            passUnwritten(batch)
        }
    }

    /// Before anybody is told of a number, it is known that it is on the disk.
    private func noteWritten(_ batch: CommitQueue.Batch) {
        guard !batch.waiting.isEmpty else { return }
        for item in batch.waiting {
            let (lane, sequence) = (item.scan.entry.lane, item.scan.sequence)
            written[lane] = max(written[lane] ?? 0, sequence)
        }
        mark.note(UnwrittenMark.Told(epoch: file.epoch, numbers: written.values.reduce(0, +)))
    }

    // MARK: While the disk refuses

    private func enter(_ fault: JournalFault) {
        self.fault = fault
        retryAfter = limits.retryAfter
        retryAt = .now + retryAfter
        onFault(fault)
    }

    /// Hands scans on that are not written.
    private func passUnwritten(_ batch: CommitQueue.Batch) {
        if !batch.waiting.isEmpty { mark.update(true) }
        let scans = batch.waiting.map { item in
            var scan = item.scan
            scan.journaled = false
            return scan
        }
        mailbox.withQueue { $0.keep(scans) }
        for (item, scan) in zip(batch.waiting, scans) { item.committed(scan) }
        for caller in batch.callers { caller() }
    }

    /// Tries to write what the disk refused, a part at a time, so that scans that come meanwhile do not wait long.
    /// - Returns: whether the disk took it.
    @discardableResult
    private func retry() -> Bool {
        let refused = mailbox.withQueue { $0.refused() }
        do {
            outbox.took(try file.write(refused, now: now(), with: &statements))
            noteWritten(refused)
        } catch {
            // It may have been refused as well, and a restart must not give these numbers again.
            if mailbox.withQueue({ !$0.unwritten.isEmpty }) { mark.update(true) }
            retryAfter = min(retryAfter * 2, limits.retryAfterMax)
            retryAt = .now + retryAfter
            let next = JournalFault(error)
            if next.code != fault?.code { onFault(next) }
            fault = next
            return false
        }
        let isWritten = mailbox.withQueue { queue in
            queue.recovered(refused, now: .now)
            return queue.unwritten.isEmpty
        }
        guard isWritten else {
            retryAt = .now
            return true
        }
        mark.update(false)
        fault = nil
        onFault(nil)
        return true
    }

    // MARK: While nobody scans

    private func keepHouse() {
        do {
            if housekeeping.wantsCheckpoint(at: .now) {
                try file.checkpoint()
                housekeeping.checkpointed()
            } else {
                try trim()
            }
        } catch {
            // What cannot be tidied is still written down; a disk that refuses shows at the next commit.
            housekeeping.checkpointed()
            housekeeping.rest(now: .now)
        }
    }

    /// One step of deleting what is too old or too much.
    private func trim() throws(StorageError) {
        let lanes = mailbox.withQueue { $0.lanes }
        let moment = clock.time(wall: now(), uptime: .now)
        for (lane, numbers) in lanes where housekeeping.mustTrim(lane, numbers) {
            let step = try file.trim(lane: lane, numbers: numbers, now: moment, limits: limits)
            mailbox.withQueue { $0.trimmed(lane: lane, firstKept: step.firstKept) }
            if !step.isFullStep { housekeeping.trimmed(lane) }
            return
        }
        if try file.trimHistory(now: moment, limits: limits) { return }
        if try file.trimOperations(now: moment, limits: limits) { return }
        if try file.trimOutbox(now: moment, limits: limits) { return }
        if try file.trimFormerCodes(now: moment, limits: limits) { return }
        if try !file.trimRedemptions(now: moment, limits: limits) { housekeeping.rest(now: .now) }
    }
}
