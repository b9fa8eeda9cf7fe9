import CoreMetrics
import Foundation
import Wire

/// What an edge counts by itself; all else of the page is read off its ``EdgeStanding`` when somebody asks.
final class StoreMetrics: Sendable {
    private static let helps = [
        "countertop_scans_total": "Scans that were handed to a lane.",
        "countertop_scans_repeated_total": "Customers' codes read again within a second: no new scans.",
        "countertop_scan_seconds": "From the end of the scanner's report to the lane, with the commit in between.",
        "countertop_calls_total": "Calls that were asked for, by name.",
        "countertop_up": "1 while the edge serves.",
        "countertop_customers": "Customers in the local copy.",
        "countertop_replica_age_seconds": "Since the local copy took its slowest source's changes.",
        "countertop_findings": "Findings of the health that last, by reason.",
        "countertop_devices": "Devices that are plugged in, by role and state.",
        "countertop_lane_unacknowledged": "Scans of a lane that no till has acknowledged.",
        "countertop_lane_till": "1 while a till takes the lane's scans.",
        "countertop_connections": "Connections that are open.",
        "countertop_outbox_entries": "Entries of the outbox that are not at their end, by system and state.",
        "countertop_feed_rows_refused": "Rows of which nothing was taken, in the feed's last run.",
        "countertop_feed_identifiers_moved":
            "Cards and numbers that went over from one customer to another, in the feed's last run.",
        "countertop_feed_age_seconds": "Since the feed was last through.",
        "countertop_file_bytes": "Size of a file of the state.",
        "countertop_wal_bytes": "Size of the file's write-ahead log.",
        "countertop_memory_bytes": "Memory that is the process's own.",
        "countertop_threads": "Threads of the process.",
        "countertop_descriptors": "Files and sockets that are open.",
        "countertop_disk_free_bytes": "Free for the edge on the disk of its state.",
        "countertop_series_dropped_total": "Series that were not kept, because there are too many.",
    ]

    private let registry = MetricsRegistry(helps: helps)
    private let scans: [String: Counter]
    private let repeats: [String: Counter]
    private let scanTime: CoreMetrics.Timer
    private let calls: [String: Counter]

    /// - Parameters:
    ///   - lanes: the names of the lanes.
    ///   - calls: the names of the calls, without their package.
    init(lanes: [String], calls: some Sequence<String>) {
        let registry = registry
        let counters = { (label: String) in
            Dictionary(
                uniqueKeysWithValues: lanes.map { lane in
                    (lane, Counter(label: label, dimensions: [("lane", lane)], factory: registry))
                })
        }
        scans = counters("countertop_scans_total")
        repeats = counters("countertop_scans_repeated_total")
        scanTime = CoreMetrics.Timer(label: "countertop_scan_seconds", dimensions: [], factory: registry)
        self.calls = Dictionary(
            uniqueKeysWithValues: calls.map { call in
                (call, Counter(label: "countertop_calls_total", dimensions: [("call", call)], factory: registry))
            })
    }

    /// A scan came to its lane.
    func scanned(lane: String, readAt: Date) {
        scans[lane]?.increment()
        scanTime.recordNanoseconds(Int64(max(0, -readAt.timeIntervalSinceNow) * 1e9))
    }

    /// A customer's code was read again in a lane within the bounce time.
    func repeated(lane: String) { repeats[lane]?.increment() }

    /// What is to be run each time that somebody asks for a call, by its full name.
    func counting(_ call: String) -> @Sendable () -> Void {
        let name = call.split(separator: ".").last.map(String.init) ?? call
        guard let counter = calls[name] else { return {} }
        return { counter.increment() }
    }

    /// The whole page.
    func text(_ standing: StatusAnswer, now: Date = Date()) -> String {
        var page = StandingMetrics(registry)
        page.set(standing, now: now)
        return registry.text + page.text
    }
}
