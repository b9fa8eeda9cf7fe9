import Dispatch
import Wire

/// The bounds of the audit log.
struct AuditLimits: Sendable {
    /// How long an entry may wait for the disk.
    var flushWait: DispatchTimeInterval = .milliseconds(100)
    /// How many entries may wait; of further ones only the number is kept.
    var entriesMax = 65_536
    /// How long a file may become before the next one begins, in bytes.
    var fileBytesMax = 16 << 20
    /// Bytes that are read of a file to find the time of its first line.
    var lineBytesRead = 128
    /// Bytes that are read at once of a file out of which old lines are taken.
    var pieceBytes = 1 << 16
    /// How many files are kept of each kind, the one being written included.
    var filesMax = 8
    /// How many lines of each kind a caller may cause at once, and how far apart further ones, so that nobody's acts push those
    /// of others out of the files: at this pace one caller fills them in a week. Of what is more the number is written.
    var lines = Allowance.Rate(burst: 600, every: .milliseconds(500))
    /// How far apart the lines are that say how much more there was.
    var surplusWait: Duration = .seconds(1)
    /// How many callers are remembered for that.
    var callersMax = 1_024
}
