import CoreMetrics
import Foundation
import Wire

/// The figures that are read off the edge's standing when somebody asks for them. They are made anew each time, so that what
/// is gone, a device or a finding, is gone from the page too.
struct StandingMetrics {
    private let registry: MetricsRegistry

    init(_ registry: MetricsRegistry) {
        self.registry = MetricsRegistry(like: registry)
    }

    var text: String { registry.text }

    mutating func set(_ standing: StatusAnswer, now: Date) {
        gauge("countertop_up", standing.state == .notServing ? 0 : 1)
        gauge("countertop_connections", Double(standing.connections))
        if let replica = standing.replica {
            gauge("countertop_customers", Double(replica.customers))
            gauge("countertop_replica_age_seconds", Double(replica.ageMs) / 1_000)
        }
        for finding in standing.findings {
            gauge("countertop_findings", 1, ("reason", finding.reason))
        }
        let devices = Dictionary(grouping: standing.devices) {
            [$0.role.name.lowercased(), $0.state.name.lowercased()]
        }
        for (kind, devices) in devices {
            gauge("countertop_devices", Double(devices.count), ("role", kind[0]), ("state", kind[1]))
        }
        for lane in standing.lanes {
            gauge("countertop_lane_unacknowledged", Double(lane.unacknowledged), ("lane", lane.name))
            gauge("countertop_lane_till", lane.tillConnected ? 1 : 0, ("lane", lane.name))
        }
        for count in standing.outboxCounts where ![.sent, .dropped].contains(count.state) {
            gauge(
                "countertop_outbox_entries", Double(count.count), ("system", count.system),
                ("state", count.state.name.lowercased()))
        }
        setFeeds(standing.feeds, now: now)
        setMachine(standing)
    }

    private func setFeeds(_ feeds: [Feed], now: Date) {
        for feed in feeds {
            gauge("countertop_feed_rows_refused", Double(feed.rowsRefused), ("feed", feed.name))
            gauge("countertop_feed_identifiers_moved", Double(feed.identifiersMoved), ("feed", feed.name))
            guard feed.throughAtUnixMs > 0 else { continue }
            let age = now.timeIntervalSince1970 - Double(feed.throughAtUnixMs) / 1_000
            gauge("countertop_feed_age_seconds", max(0, age), ("feed", feed.name))
        }
    }

    private func setMachine(_ standing: StatusAnswer) {
        for file in standing.files {
            gauge("countertop_file_bytes", Double(file.bytes), ("file", file.name))
            gauge("countertop_wal_bytes", Double(file.walBytes), ("file", file.name))
        }
        guard let process = standing.process else { return }
        gauge("countertop_memory_bytes", Double(process.memoryBytes))
        gauge("countertop_threads", Double(process.threads))
        gauge("countertop_descriptors", Double(process.descriptors))
        gauge("countertop_disk_free_bytes", Double(process.diskFreeBytes))
    }

    private func gauge(_ name: String, _ value: Double, _ labels: (String, String)...) {
        Meter(label: name, dimensions: labels, factory: registry).set(value)
    }
}
