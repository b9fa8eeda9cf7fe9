/// The bounds of every queue, wait and file of this module.
package struct JournalLimits: Sendable {
    /// Scans that wait for the commit thread; see ``Appended/queueFull``.
    package var pendingScansMax = 4_096
    /// Scans in one transaction.
    package var commitScansMax = 512
    /// Scans kept in memory while the disk refuses. The oldest is dropped for one more, and its number stays a gap.
    package var unwrittenScansMax = 20_000
    /// Settled scans that wait to be written; while the disk refuses, further ones are only remembered by their lane.
    package var settlementsMax = 20_000
    /// Lanes of an epoch.
    package var lanesMax = 256
    /// How long a settlement or acknowledgement waits for a scan to be committed with.
    package var flushAfter = Duration.milliseconds(200)
    /// Scans of a lane and epoch that are kept.
    package var keptScansMax: UInt64 = 1_000_000
    /// How long a scan is kept that a till has acknowledged.
    package var keptFor = Duration.seconds(7 * 86_400)
    /// How long one is kept that no till has acknowledged.
    package var unacknowledgedKeptFor = Duration.seconds(14 * 86_400)
    /// Answered operations of a lane that are kept, and how long.
    package var operationsKeptMax = 100_000
    package var operationsKeptFor = Duration.seconds(30 * 86_400)
    /// Answered operations that wait to be written; while the disk refuses, further ones are not remembered.
    package var operationsWaitingMax = 20_000
    /// Entries of the outbox that wait for their systems or were refused.
    package var outboxWaitingMax = 100_000
    /// Entries of the outbox that came to their end and are kept, so that none is sent twice, and how long.
    package var outboxKeptMax = 100_000
    package var outboxKeptFor = Duration.seconds(30 * 86_400)
    /// How long a use of a benefit is known after it changed: longer than a benefit can be used.
    package var redemptionsKeptFor = Duration.seconds(800 * 86_400)
    /// Uses of benefits that are kept; no further one is reserved beyond them.
    package var redemptionsMax = 1_000_000
    /// By how much the clock may differ from what it was last before nothing is deleted by it, and how long it has to be so
    /// until it is believed, restarts in between.
    package var clockJumpMax = Duration.seconds(3 * 86_400)
    package var clockJumpBelievedAfter = Duration.seconds(86_400)
    /// How often the time that is believed is kept for the next start.
    package var clockNotedEvery = Duration.seconds(600)
    /// How long the codes of a customer who went on as another one are kept: longer than any scan under them.
    package var formerCodesKeptFor = Duration.seconds(800 * 86_400)
    /// Customers whose codes one customer has got.
    package static let formerCodesReadMax = 1_000
    /// Forgotten customers that are read at once.
    package static let forgottenReadMax = 1_000
    /// Customers who are gone from the local copy that are read at once.
    package static let departingReadMax = 1_000
    /// Scans that cannot be read that are counted, each once.
    package static let unreadableCounted = 1_000
    /// Scans that an erasure looks at in one read.
    package static let erasurePageScans = 512
    /// Uses of one customer that count.
    package static let redemptionsReadMax = 1_000
    /// Entries of lanes that wait to be written; while the disk refuses, further ones are lost, and are counted.
    package var draftsWaitingMax = 20_000
    /// Scans deleted in one transaction.
    package var trimScansMax: UInt64 = 256
    /// How often the age of the kept scans is looked at.
    package var trimEvery = Duration.seconds(3_600)
    /// Rows written after which the log is carried over into the database when no scan came for ``checkpointIdle``.
    package var checkpointRows = 250
    /// Rows written after which that happens at once.
    package var checkpointRowsMax = 1_000
    /// Bytes of log that a new file begins with: a commit that writes over old log takes half the time of one that makes
    /// the file longer.
    package var logBytesReady = 2 * 1_024 * 1_024
    package var checkpointIdle = Duration.milliseconds(250)
    /// The first wait before the disk is tried again; each further one is twice as long.
    package var retryAfter = Duration.milliseconds(250)
    package var retryAfterMax = Duration.seconds(30)
    /// How often what the disk refused is tried when the journal is closed.
    package var closingTriesMax = 8
    /// Scans in one answer of ``ScanJournal/scans(lane:after:limit:)``.
    package var readScansMax = 1_000
    /// The size of the file in pages of 4 KiB.
    package var filePagesMax = 4 * 1_024 * 1_024
    /// Rows of a broken file that are written in one transaction, and those of one page more.
    package var salvageStepRows: UInt64 = 4_096
    /// Bytes of a row of a broken file; a longer one is none.
    package static let salvageRowBytesMax = 4 * 1_024 * 1_024

    package init() {}
}
