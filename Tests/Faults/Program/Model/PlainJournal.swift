import Journal

/// What a store's journal must hold, in arrays.
struct PlainJournal {
    struct Scan: Equatable {
        let sequence: UInt64
        let text: String
        var attachment: UInt8 = 0
        var isExpired = false
    }

    struct Lane {
        /// The oldest ones may be missing: see ``forget(before:)``.
        var scans: [Scan] = []
        var last: UInt64 = 0
        var acknowledged: UInt64 = 0

        mutating func forget(before sequence: UInt64) { scans.removeAll { $0.sequence < sequence } }
    }

    struct Entry {
        let text: String
        var state: OutboxState
    }

    var epoch: UInt64 = 0
    var lanes: [String: Lane] = [:]
    /// The entries of the outbox by their numbers.
    var entries: [Int64: Entry] = [:]
    /// Whether there are scans that the disk has refused and never took: their numbers are known to others.
    var hasUnwritten = false

    /// The next start numbers anew.
    mutating func begin(epoch: UInt64) {
        self.epoch = epoch
        lanes = [:]
        hasUnwritten = false
    }
}
