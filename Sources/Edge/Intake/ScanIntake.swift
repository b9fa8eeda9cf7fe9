import Customers
import Devices
import Journal
import Synchronization

/// Turns a label into a numbered scan: recognise it, drop what must not be kept, write it down, hand it on.
///
/// It runs on the thread the label comes from. Nothing here waits for a disk: the journal's own thread commits and then
/// hands the scan on.
final class ScanIntake: Sendable {
    enum Outcome: Sendable, Equatable {
        /// It was numbered, and is handed on once it is on the disk.
        case taken
        /// A customer's code read again within the bounce time.
        case repeated
        /// As many scans wait for the disk as may: it has to be read again.
        case refused
    }

    private let recogniser: Recogniser
    private let bounce = Mutex(BounceFilter())
    private let journal: ScanJournal
    private let scanTime: Duration
    private let deliver: @Sendable (LaneScan) -> Void

    /// - Parameters:
    ///   - scanTime: how long a scan waits for a till to take it.
    ///   - deliver: gets each scan after its commit, per lane in the order of its numbers, on the journal's thread.
    init(
        recogniser: Recogniser, journal: ScanJournal, scanTime: Duration,
        deliver: @escaping @Sendable (LaneScan) -> Void
    ) {
        self.recogniser = recogniser
        self.journal = journal
        self.scanTime = scanTime
        self.deliver = deliver
    }

    /// - Parameters:
    ///   - other: the recogniser of the caller's thread, where that is not the scanners'.
    ///   - operation: which operation asked for the scan.
    ///   - committed: called after the commit with the scan's number, before the scan is handed on.
    func take(
        _ read: ReadLabel, by other: Recogniser? = nil, operation: ScanOperation? = nil,
        committed: (@Sendable (_ epoch: UInt64, _ sequence: UInt64) -> Void)? = nil
    ) -> Outcome {
        let now = ContinuousClock.now
        let answer = (other ?? recogniser).recognise(LabelCode(read.label))
        let subject = answer.resolution.subject
        let isRepeated = bounce.withLock {
            $0.repeats(lane: read.lane, data: read.label.data, subject: subject, now: now)
        }
        guard !isRepeated else { return .repeated }
        let takenBefore = now + scanTime
        let appended = journal.append(entry(of: read, answer: answer), operation: operation) {
            [deliver] journaled in
            committed?(journaled.epoch, journaled.sequence)
            deliver(LaneScan(journaled, answer: answer, takenBefore: takenBefore))
        }
        guard appended != .queueFull else {
            bounce.withLock { $0.forget(lane: read.lane) }
            return .refused
        }
        return .taken
    }

    /// A payment card's bytes end here: neither the journal nor a log ever sees them.
    private func entry(of read: ReadLabel, answer: Answer) -> ScanEntry {
        var isRefused = false
        if case .paymentCard = answer.resolution { isRefused = true }
        return ScanEntry(
            lane: read.lane, data: isRefused ? [] : read.label.data, symbology: UInt32(read.label.symbology.rawValue),
            aim: read.aim, device: read.device, scannedAt: read.readAt,
            bootTime: BootTime.now(),
            family: isRefused ? LabelFamily.refusedInJournal : LabelFamily(read.label.family).inJournal)
    }
}

extension Resolution {
    /// Whom this stands for.
    var subject: BounceFilter.Subject {
        switch self {
        case .customer(let customer, _): .customers([customer.id])
        case .ambiguous(let customers, _): .customers(customers.map(\.id))
        case .pending: .pending
        case .product, .unknown, .paymentCard: .nobody
        }
    }
}
