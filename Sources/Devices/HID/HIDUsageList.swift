/// The usages of a field, in order. Ranges stay ranges, so that a descriptor of ten bytes cannot ask for 65,536 entries.
package struct HIDUsageList: Sendable, Equatable {
    private struct Run: Equatable {
        let first: HIDUsage
        let last: HIDUsage
        /// The place of `first` in the list.
        let start: Int
    }

    private var runs: [Run] = []
    package private(set) var count = 0

    package init() {}

    package init(_ usages: some Sequence<HIDUsage>) {
        for usage in usages { append(usage) }
    }

    package var isEmpty: Bool { runs.isEmpty }
    package var last: HIDUsage? { runs.last?.last }

    /// How many entries it takes in memory; at most the number of items that declared them.
    var runCount: Int { runs.count }

    package mutating func append(_ usage: HIDUsage) {
        append(usage...usage)
    }

    package mutating func append(_ usages: ClosedRange<HIDUsage>) {
        if let previous = runs.last, previous.last.rawValue < .max,
            previous.last.rawValue + 1 == usages.lowerBound.rawValue
        {
            runs[runs.count - 1] = Run(first: previous.first, last: usages.upperBound, start: previous.start)
        } else {
            runs.append(Run(first: usages.lowerBound, last: usages.upperBound, start: count))
        }
        count += Int(usages.upperBound.rawValue - usages.lowerBound.rawValue) + 1
    }

    /// - Returns: the usage at a place, `nil` beyond the end.
    package subscript(index: Int) -> HIDUsage? {
        guard index >= 0, index < count else { return nil }
        var low = 0
        var high = runs.count - 1
        while low < high {
            let middle = (low + high + 1) / 2
            if runs[middle].start <= index { low = middle } else { high = middle - 1 }
        }
        return HIDUsage(rawValue: runs[low].first.rawValue + UInt32(index - runs[low].start))
    }

    /// - Returns: the first place of a usage, `nil` when it is not there.
    package func firstIndex(of usage: HIDUsage) -> Int? {
        for run in runs where run.first <= usage && usage <= run.last {
            return run.start + Int(usage.rawValue - run.first.rawValue)
        }
        return nil
    }
}
