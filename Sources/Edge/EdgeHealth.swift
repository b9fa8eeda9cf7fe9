import Foundation
import Journal
import Logging
import Synchronization
import Wire

/// What is not as it should be, by reason. Each change is logged once.
final class EdgeHealth: Sendable {
    private let current = Mutex<[String: String]>([:])
    private let history = Mutex(FindingHistory())
    private let isReplicaUnreadable = Atomic(false)
    private let logger: Logger

    init(logger: Logger) {
        self.logger = logger
    }

    /// All findings, sorted by reason.
    var findings: [Finding] {
        current.withLock { $0.sorted { $0.key < $1.key }.map { Finding(reason: $0.key, message: $0.value) } }
    }

    /// The findings that came last, newest first.
    var past: [PastFinding] { history.withLock(\.newestFirst) }

    /// - Parameters:
    ///   - reason: a stable upper-case name: "JOURNAL_UNWRITABLE".
    ///   - message: what happened, why, and what to do; `nil` when it is over.
    func note(_ reason: String, _ message: String?, cause: String? = nil) {
        let previous = current.withLock { current in
            let previous = current[reason]
            if previous != message { current[reason] = message }
            return previous
        }
        guard previous != message else { return }
        history.withLock { history in
            if let message {
                history.began(Finding(reason: reason, message: message), at: Date())
            } else {
                history.ended(reason, at: Date())
            }
        }
        guard let message else { return logger.notice("Over: \(reason)") }
        var metadata: Logger.Metadata = ["reason": "\(reason)"]
        if let cause { metadata["cause"] = "\(cause)" }
        logger.error("\(message)", metadata: metadata)
    }

    func journal(_ fault: JournalFault?) {
        note(
            "JOURNAL_UNWRITABLE",
            fault.map { "Scans go on, but are not written down: \($0.message)" }, cause: fault?.cause)
    }

    /// What was found when the journal was opened, which is found once.
    func opened(_ journal: ScanJournal) {
        if let setAside = journal.setAside { journalSetAside(setAside, rows: journal.salvagedRows) }
        if journal.lostScans > 0 || journal.lostChanges > 0 {
            journalCut(scans: journal.lostScans, changes: journal.lostChanges)
        }
    }

    /// - Parameters:
    ///   - path: where the broken file was put.
    ///   - rows: how many of its rows were saved.
    func journalSetAside(_ path: String, rows: Int) {
        note(
            "JOURNAL_SET_ASIDE",
            "The journal was broken and was set aside as \(path); \(rows) rows of it were saved, and scans go on in a new one. "
                + "Scans that no till had yet, and what was to be sent to other systems, may be missing: look through the last "
                + "receipts, and keep that file. Check the disk.")
    }

    /// - Parameters:
    ///   - scans: how many scans the journal has lost.
    ///   - changes: how many changes of anything else.
    func journalCut(scans: UInt64, changes: UInt64) {
        let others =
            "What was to be sent to other systems then, or used of benefits, may be missing: look through the last receipts."
        let message =
            scans > 0
            ? "The journal's last \(scans) scans, which were written down, are not there any more: the disk has lost them. \(others) "
                + "Scans go on with new numbers. Check the disk."
            : "The journal's last \(changes) changes beside the scans, which were written down, are not there any more: the disk has "
                + "lost them. \(others) Check the disk."
        note("JOURNAL_CUT", message)
    }

    func audit(_ fault: AuditLog.Fault, _ cause: String?) {
        switch fault {
        case .writing:
            note(
                "AUDIT_UNWRITABLE",
                cause.map { _ in
                    "Who looked up customers is not written down: the audit log cannot be written. Check the disk."
                },
                cause: cause)
        case .pruning:
            note(
                "AUDIT_UNPRUNED",
                cause.map {
                    "Lines of the audit log that are older than they may be (retention) cannot be deleted, because the disk "
                        + "refuses (\($0)). It is tried again. Check the disk and who may write to the state."
                },
                cause: cause)
        }
    }

    func replica(_ fault: (any Error)?) {
        // This is called after each question to the replica, so the usual case has to be quick.
        guard fault != nil || isReplicaUnreadable.load(ordering: .relaxed) else { return }
        isReplicaUnreadable.store(fault != nil, ordering: .relaxed)
        note(
            "REPLICA_UNREADABLE",
            fault.map { _ in
                "The local copy of the customers cannot be read, so nobody is recognised. Check the disk; start the edge "
                    + "again to have it rebuilt."
            }, cause: fault.map { "\($0)" })
    }
}
