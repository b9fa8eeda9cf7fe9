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
    /// Answered operations that are kept, and how long.
    package var operationsKeptMax = 100_000
    package var operationsKeptFor = Duration.seconds(30 * 86_400)
    /// Answered operations that wait to be written; while the disk refuses, further ones are not remembered.
    package var operationsWaitingMax = 20_000
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
    /// Scans in one answer of ``ScanJournal/scans(lane:after:limit:)``.
    package var readScansMax = 1_000
    /// The size of the file in pages of 4 KiB.
    package var filePagesMax = 4 * 1_024 * 1_024
    /// Rows that one look into a broken file takes.
    package var salvageStepScans: UInt64 = 64
    /// Looks into a broken file that find nothing, after which the rest of a lane is given up.
    package var salvageMissesMax = 256
    /// Of so many rows that cannot be read together, one is tried before the others are given up.
    package var salvageProbeStride = 8

    package init() {}
}
