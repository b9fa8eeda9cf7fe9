/// What became of an append.
package enum Appended: Sendable, Equatable {
    /// The scan has its number and is handed on after its commit. Until then nobody else may be told the number: a crash
    /// gives it to another scan.
    case numbered(epoch: UInt64, sequence: UInt64)
    /// ``JournalLimits/pendingScansMax`` scans wait for the disk already, or the journal is closed. The scan has no
    /// number and is not handed on; the scanner says so to the person who holds it, who reads the label again.
    case queueFull
}
