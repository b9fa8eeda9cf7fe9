import Histogram

/// Latencies in nanoseconds, to three digits.
struct Latencies: Sendable {
    private var histogram = Histogram<UInt64>(highestTrackableValue: 60_000_000_000)

    mutating func record(_ nanoseconds: Int64) {
        histogram.record(UInt64(max(0, nanoseconds)))
    }

    func microseconds(_ percentile: Double) -> Double {
        Double(histogram.valueAtPercentile(percentile)) / 1_000
    }
}
