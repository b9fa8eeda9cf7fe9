import CoreMetrics
import Synchronization

/// A number that only grows.
final class CountingHandler: CounterHandler, Sendable {
    private let count = Atomic<UInt64>(0)

    var value: UInt64 { count.load(ordering: .relaxed) }

    func increment(by amount: Int64) {
        count.wrappingAdd(UInt64(clamping: amount), ordering: .relaxed)
    }

    func reset() {
        count.store(0, ordering: .relaxed)
    }
}

/// A number that stands as it was set last.
final class GaugeHandler: RecorderHandler, MeterHandler, Sendable {
    private let bits = Atomic<UInt64>(0)

    var value: Double { Double(bitPattern: bits.load(ordering: .relaxed)) }

    func record(_ value: Int64) { set(Double(value)) }
    func record(_ value: Double) { set(value) }
    func set(_ value: Int64) { set(Double(value)) }
    func set(_ value: Double) { bits.store(value.bitPattern, ordering: .relaxed) }
    func increment(by amount: Double) { set(value + amount) }
    func decrement(by amount: Double) { set(value - amount) }
}

/// Durations, counted by how long they were.
final class BucketHandler: TimerHandler, Sendable {
    struct State: Sendable {
        /// Upper bounds in seconds.
        let bounds: [Double]
        /// How many there were up to each bound, and behind them those above.
        var counts: [UInt64]
        var sumSeconds = 0.0
    }

    private let current: Mutex<State>

    init(bounds: [Double]) {
        current = Mutex(State(bounds: bounds, counts: Array(repeating: 0, count: bounds.count + 1)))
    }

    var state: State { current.withLock { $0 } }

    func recordNanoseconds(_ duration: Int64) {
        let seconds = Double(duration) / 1e9
        current.withLock { state in
            let index = state.bounds.firstIndex { seconds <= $0 } ?? state.bounds.count
            state.counts[index] += 1
            state.sumSeconds += seconds
        }
    }
}
