/// Where a lane stands in the present epoch.
struct LaneNumbers: Sendable, Equatable {
    /// The oldest scan that is kept, 0 when there was none yet.
    var firstKept: UInt64 = 0
    /// The newest scan that was handed on.
    private(set) var last: UInt64 = 0
    /// The newest number that was given.
    private(set) var numbered: UInt64 = 0
    /// All scans up to this one were applied by a till.
    var acknowledged: UInt64 = 0

    init() {}

    init(firstKept: UInt64, last: UInt64, acknowledged: UInt64) {
        self.firstKept = firstKept
        self.last = last
        self.numbered = last
        self.acknowledged = acknowledged
    }

    var keptCount: UInt64 { firstKept == 0 ? 0 : last - firstKept + 1 }

    /// Gives the next number.
    mutating func number() -> UInt64 {
        numbered += 1
        return numbered
    }

    /// The scan with this number is about to be handed on.
    mutating func pass(_ sequence: UInt64) {
        last = max(last, sequence)
        if firstKept == 0 { firstKept = sequence }
    }
}
