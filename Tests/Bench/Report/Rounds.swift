/// What several rounds of one measurement gave.
struct Rounds: Sendable {
    private var values: [Double] = []

    mutating func add(_ value: Double) {
        values.append(value)
    }

    var isEmpty: Bool { values.isEmpty }

    /// The figure: a single slow round does not move it.
    var median: Double {
        let sorted = values.sorted()
        guard let middle = sorted.indices.last.map({ $0 / 2 }) else { return .nan }
        return sorted.count.isMultiple(of: 2) ? (sorted[middle] + sorted[middle + 1]) / 2 : sorted[middle]
    }
}
