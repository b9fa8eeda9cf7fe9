import CoreMetrics
import Synchronization

/// What the edge counts and measures, for whoever reads `/metrics`: a factory of swift-metrics that renders Prometheus' text
/// (https://prometheus.io/docs/instrumenting/exposition_formats/, version 0.0.4).
///
/// Labels are never made of what comes from outside, and there are ``seriesMax`` series at most.
final class MetricsRegistry: MetricsFactory, Sendable {
    /// How many series there are; those that come later are counted in `countertop_series_dropped_total` and nowhere else.
    static let seriesMax = 1_000
    /// The upper bounds of a timer's buckets, in seconds.
    static let buckets = [0.000_1, 0.000_25, 0.000_5, 0.001, 0.002_5, 0.005, 0.01, 0.025, 0.1, 1, 10]

    struct Key: Hashable {
        let name: String
        /// `{lane="1"}`, or empty.
        let labels: String
    }

    private let counters = Mutex<[Key: CountingHandler]>([:])
    private let gauges = Mutex<[Key: GaugeHandler]>([:])
    private let timers = Mutex<[Key: BucketHandler]>([:])
    private let dropped = CountingHandler()
    private let helps: [String: String]

    /// - Parameter helps: what each name means, for people.
    init(helps: [String: String]) {
        self.helps = helps
    }

    /// An empty one, with the same meanings.
    convenience init(like other: MetricsRegistry) {
        self.init(helps: other.helps)
    }

    func makeCounter(label: String, dimensions: [(String, String)]) -> any CounterHandler {
        make(counters, Key(label, dimensions)) { CountingHandler() } ?? dropped
    }

    func makeRecorder(
        label: String, dimensions: [(String, String)], aggregate: Bool
    ) -> any RecorderHandler {
        guard let gauge = make(gauges, Key(label, dimensions), { GaugeHandler() }) else {
            dropped.increment(by: 1)
            return GaugeHandler()
        }
        return gauge
    }

    func makeMeter(label: String, dimensions: [(String, String)]) -> any MeterHandler {
        guard let gauge = make(gauges, Key(label, dimensions), { GaugeHandler() }) else {
            dropped.increment(by: 1)
            return GaugeHandler()
        }
        return gauge
    }

    func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler {
        guard let timer = make(timers, Key(label, dimensions), { BucketHandler(bounds: Self.buckets) }) else {
            dropped.increment(by: 1)
            return BucketHandler(bounds: Self.buckets)
        }
        return timer
    }

    // A series stays until the edge ends: one that vanished and came again would look like one that was reset.
    func destroyCounter(_ handler: any CounterHandler) {}
    func destroyRecorder(_ handler: any RecorderHandler) {}
    func destroyMeter(_ handler: any MeterHandler) {}
    func destroyTimer(_ handler: any TimerHandler) {}

    private func make<Handler: Sendable>(
        _ series: borrowing Mutex<[Key: Handler]>, _ key: Key, _ handler: () -> Handler
    ) -> Handler? {
        series.withLock { series in
            if let known = series[key] { return known }
            guard series.count < Self.seriesMax else { return nil }
            let made = handler()
            series[key] = made
            return made
        }
    }

    /// Everything in Prometheus' text.
    var text: String {
        var page = MetricsPage(helps: helps)
        for (key, counter) in counters.withLock({ $0 }) { page.add(key, "counter", ["": Double(counter.value)]) }
        for (key, gauge) in gauges.withLock({ $0 }) { page.add(key, "gauge", ["": gauge.value]) }
        for (key, timer) in timers.withLock({ $0 }) { page.add(key, timer.state) }
        if dropped.value > 0 {
            page.add(
                Key("countertop_series_dropped_total", []), "counter", ["": Double(dropped.value)])
        }
        return page.text
    }
}

extension MetricsRegistry.Key {
    init(_ name: String, _ dimensions: [(String, String)]) {
        self.name = name
        let pairs = dimensions.map { "\($0.0)=\"\(Self.escaped($0.1))\"" }
        labels = pairs.isEmpty ? "" : "{\(pairs.joined(separator: ","))}"
    }

    private static func escaped(_ value: String) -> String {
        value.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
    }
}
