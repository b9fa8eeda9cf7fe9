package import Storage

extension ScanJournal {
    /// Empties scans for good, their numbers stay: in the file, and those that wait in memory for the disk.
    /// - Parameter matches: whether a scan is to be emptied. It is asked of every scan there is, on the caller's thread.
    /// - Returns: how many were emptied.
    /// - Throws: ``StorageError``. Those that were emptied before stay so.
    package func blankScans(where matches: (ScanEntry) -> Bool) throws(StorageError) -> Int {
        var count = blankUnwritten(where: matches)
        try file.forEachScan { place, entry throws(StorageError) in
            guard matches(entry) else { return }
            try file.blankScan(place)
            count += 1
        }
        return count
    }

    /// The newest scans for which something holds, at most so many, oldest first.
    package func scans(
        limit: Int, where matches: (ScanEntry) -> Bool
    ) throws(StorageError) -> [(epoch: UInt64, sequence: UInt64, entry: ScanEntry)] {
        var found: [(epoch: UInt64, sequence: UInt64, entry: ScanEntry)] = []
        try file.forEachScan { place, entry throws(StorageError) in
            guard matches(entry) else { return }
            found.append((UInt64(clamping: place.epoch), UInt64(clamping: place.sequence), entry))
            if found.count >= 2 * max(1, limit) { found.removeFirst(limit) }
        }
        return found.suffix(limit)
    }

    /// Carries the log over into the file and empties it: what was erased before is in neither afterwards.
    /// - Returns: false when a reader held the log for longer than a connection waits.
    package func scrub() throws(StorageError) -> Bool { try file.scrub() }

    /// Empties the log as ``scrub()`` does, and overwrites what copies of deleted rows SQLite left between others. All of the file is
    /// read, while scans go on.
    /// - Parameter goesOn: asked between steps; false ends it there.
    /// - Returns: false when a reader held the log for longer than a step of it waits, or it was ended.
    package func wipe(while goesOn: () -> Bool = { true }) throws(StorageError) -> Bool {
        try file.wipe(while: goesOn)
    }
}
