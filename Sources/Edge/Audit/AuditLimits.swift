import Dispatch

/// The bounds of the audit log.
struct AuditLimits: Sendable {
    /// How long an entry may wait for the disk.
    var flushWait: DispatchTimeInterval = .milliseconds(100)
    /// How many entries may wait; of further ones only the number is kept.
    var entriesMax = 65_536
    /// How long a file may become before the next one begins, in bytes.
    var fileBytesMax = 16 << 20
    /// How many files are kept, the one being written included.
    var filesMax = 8
}
