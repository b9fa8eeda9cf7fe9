import CoreMetrics
import Testing

@testable import Edge

@Suite("Prometheus' text")
struct MetricsRegistryTests {
    @Test("Counters and gauges stand by name, with what they mean, and their labels escaped")
    func text() {
        let registry = MetricsRegistry(helps: ["scans_total": "Scans."])
        Counter(label: "scans_total", dimensions: [("lane", "a\"b\\c\nd")], factory: registry).increment(by: 3)
        Meter(label: "age_seconds", dimensions: [], factory: registry).set(1.5)
        #expect(
            registry.text == """
                # TYPE age_seconds gauge
                age_seconds 1.5
                # HELP scans_total Scans.
                # TYPE scans_total counter
                scans_total{lane="a\\"b\\\\c\\nd"} 3

                """)
    }

    @Test("A timer is a histogram whose buckets hold all that is not longer")
    func histogram() {
        let registry = MetricsRegistry(helps: [:])
        let timer = Timer(label: "scan_seconds", dimensions: [("lane", "1")], factory: registry)
        timer.recordNanoseconds(200_000)
        timer.recordNanoseconds(20_000_000)
        timer.recordNanoseconds(60_000_000_000)
        let text = registry.text
        #expect(text.contains("scan_seconds_bucket{lane=\"1\",le=\"0.0001\"} 0\n"))
        #expect(text.contains("scan_seconds_bucket{lane=\"1\",le=\"0.00025\"} 1\n"))
        #expect(text.contains("scan_seconds_bucket{lane=\"1\",le=\"10\"} 2\n"))
        #expect(text.contains("scan_seconds_bucket{lane=\"1\",le=\"+Inf\"} 3\n"))
        #expect(text.contains("scan_seconds_count{lane=\"1\"} 3\n"))
    }

    @Test("There are no more series than may be, and what is left out is counted")
    func bounded() {
        let registry = MetricsRegistry(helps: [:])
        for number in 0..<(MetricsRegistry.seriesMax + 7) {
            Meter(label: "gauge", dimensions: [("n", "\(number)")], factory: registry).set(1)
        }
        let lines = registry.text.split(separator: "\n")
        #expect(lines.filter { $0.hasPrefix("gauge{") }.count == MetricsRegistry.seriesMax)
        #expect(lines.contains("countertop_series_dropped_total 7"))
    }
}
