extension ScanJournal {
    /// Has the next start begin a new epoch, because the journal was put back from a copy: the numbers after its last one may
    /// have been given already, to scans that tills have had.
    /// - Parameter path: the journal's file, which nobody has open.
    package static func beginNewEpoch(at path: String) {
        let mark = UnwrittenMark(path: path)
        mark.update(true)
        // What the file had before it was put back is no word of this one.
        mark.note(UnwrittenMark.Told(epoch: 0, numbers: 0))
        ChangesMark(path: path).note(epoch: 0, changes: 0)
    }
}
