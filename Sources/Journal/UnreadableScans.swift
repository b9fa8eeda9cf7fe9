import Synchronization

/// The scans of a file that cannot be opened, as far as anybody has asked for them.
final class UnreadableScans: Sendable {
    private let places = Mutex<Set<JournalFile.EpochPlace>>([])

    func note(_ place: JournalFile.EpochPlace) {
        places.withLock { places in
            if places.count < JournalLimits.unreadableCounted { places.insert(place) }
        }
    }

    var count: Int { places.withLock { $0.count } }
}
