/// The rejections of a page or a whole run: the first ones named, and all of them counted.
package struct RejectionLog: Sendable, Equatable {
    /// At most ``SystemsLimits/rejectionsNamedMax``.
    package private(set) var named: [Rejection] = []
    package private(set) var counts: [RejectionReason: Int] = [:]

    package init() {}

    package mutating func add(_ rejection: Rejection) {
        counts[rejection.reason, default: 0] += 1
        if named.count < SystemsLimits.rejectionsNamedMax { named.append(rejection) }
    }

    package mutating func add(_ others: RejectionLog) {
        counts.merge(others.counts) { $0 + $1 }
        named += others.named.prefix(SystemsLimits.rejectionsNamedMax - named.count)
    }

    package var isEmpty: Bool { counts.isEmpty }

    /// Rows of which nothing was taken.
    package var refused: Int { counts.reduce(0) { $0 + ($1.key.isRefusal ? $1.value : 0) } }

    /// Parts that were left out of rows that were taken.
    package var leftOut: Int { counts.reduce(0) { $0 + ($1.key.isRefusal ? 0 : $1.value) } }
}
