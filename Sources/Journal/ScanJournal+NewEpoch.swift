extension ScanJournal {
    /// Has the next start begin a new epoch, because the journal was put back from a copy: the numbers after its last one may
    /// have been given already, to scans that tills have had.
    /// - Parameter path: the journal's file, which nobody has open.
    package static func beginNewEpoch(at path: String) {
        UnwrittenMark(path: path).update(true)
    }
}
