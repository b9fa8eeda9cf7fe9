import CountertopClient
import Edge
import Foundation

/// How the edge stands, in words that fit into 80 columns as far as names do.
struct StatusText {
    private(set) var lines: [String] = []

    init(_ status: StatusAnswer, now: Date) {
        let uptime = Self.time(milliseconds: status.uptimeMs)
        lines.append("\(status.store): countertop \(status.version), \(status.state.name.lowercased()), up \(uptime)")
        let notes = status.findings.filter { FindingLevel($0) == .note }
        section("Findings", status.findings.filter { FindingLevel($0) > .note }.map(Self.words))
        section("Notes", notes.map(Self.words))
        section("Lanes", status.lanes.map(Self.words))
        section("Devices", status.devices.filter { $0.role != .other || $0.state == .failed }.map(Self.words))
        section("Customers", Self.customers(status, now: now))
        section("Systems", status.systems.map(Self.words))
        section("Outbox", OutboxText.counts(status, now: now))
        section("Tills", status.tills.filter { $0.revokedAtUnixMs == 0 }.map(\.line))
        section("Machine", Self.machine(status))
        let past = status.pastFindings.filter { $0.endedAtUnixMs != 0 }
        section("Past findings", past.map { Self.words($0, now: now) })
    }

    private mutating func section(_ title: String, _ words: [String]) {
        guard !words.isEmpty else { return }
        lines.append(title)
        lines += words.map { "  \($0)" }
    }

    private static func words(_ finding: Finding) -> String { "\(finding.reason): \(finding.message)" }

    private static func words(_ lane: LaneStanding) -> String {
        var parts = ["lane \(lane.name)"]
        parts.append(
            lane.till.isEmpty ? "no till" : lane.tillConnected ? "till \(lane.till)" : "kept for \(lane.till)")
        parts.append(lane.basketOpen ? "basket open" : "no basket")
        if !lane.armed { parts.append("scanners disarmed") }
        parts.append(lane.lastSequence == 0 ? "no scan yet" : "last scan #\(lane.lastSequence)")
        if lane.unacknowledged > 0 { parts.append("\(lane.unacknowledged) not acknowledged") }
        if lane.unjournaled { parts.append("NOT WRITTEN DOWN") }
        return parts.joined(separator: ", ")
    }

    private static func words(_ device: Device) -> String {
        let name = [device.manufacturer, device.product].filter { !$0.isEmpty }.joined(separator: " ")
        var parts = ["\(device.path) \(device.role.name.lowercased()) \(device.state.name.lowercased())"]
        parts.append(device.lane.isEmpty ? "no lane" : "lane \(device.lane)")
        if !name.isEmpty { parts.append(name) }
        let line = parts.joined(separator: ", ")
        return device.explanation.isEmpty ? line : "\(line): \(device.explanation)"
    }

    private static func words(_ system: OutsideSystem) -> String {
        let line = "\(system.name) (\(system.kind)) \(system.state.name.lowercased())"
        return system.failure.isEmpty ? line : "\(line): \(system.failure)"
    }

    private static func customers(_ status: StatusAnswer, now: Date) -> [String] {
        var lines: [String] = []
        if let replica = status.replica {
            let complete = replica.complete ? "complete" : "not complete"
            let age = replica.ageMs == 0 ? "" : ", \(time(milliseconds: replica.ageMs)) old"
            lines.append("\(replica.customers.grouped) in the local copy, \(complete)\(age)")
        }
        for feed in status.feeds {
            lines.append(feed.line(now: now))
            if !feed.failure.isEmpty { lines.append("  \(feed.failure)") }
        }
        return lines
    }

    private static func machine(_ status: StatusAnswer) -> [String] {
        var lines: [String] = []
        if let process = status.process {
            lines.append(
                "\(size(process.memoryBytes)) of memory, \(process.threads) threads, \(process.descriptors) open files, "
                    + "\(status.connections) connection\(status.connections == 1 ? "" : "s"), \(size(process.diskFreeBytes)) of disk free"
            )
        }
        lines += status.files.map { file in
            let wal = file.walBytes > 0 ? " and \(size(file.walBytes)) of log" : ""
            return "\(file.name): \(size(file.bytes))\(wal), schema \(file.schema)"
        }
        return lines
    }

    private static func words(_ past: PastFinding, now: Date) -> String {
        let ago = UInt64(clamping: Int64(now.timeIntervalSince1970 * 1_000) - past.endedAtUnixMs)
        return "\(past.finding?.reason ?? "?"), over for \(time(milliseconds: ago))"
    }

    /// `12 s`, `5 min`, `3 h`, `2 d`.
    static func time(milliseconds: UInt64) -> String {
        let seconds = milliseconds / 1_000
        switch seconds {
        case ..<120: return "\(seconds) s"
        case ..<7_200: return "\(seconds / 60) min"
        case ..<172_800: return "\(seconds / 3_600) h"
        default: return "\(seconds / 86_400) d"
        }
    }

    /// `812 kB`, `4 MB`, `61 GB`.
    static func size(_ bytes: UInt64) -> String {
        switch bytes {
        case ..<1_000_000: "\(bytes / 1_000) kB"
        case ..<10_000_000_000: "\(bytes / 1_000_000) MB"
        default: "\(bytes / 1_000_000_000) GB"
        }
    }
}

extension OutboxText {
    /// How many entries wait or were refused, a line a system.
    static func counts(_ status: StatusAnswer, now: Date) -> [String] {
        guard !status.outboxSystems.isEmpty else { return [] }
        return OutboxText(
            ListOutboxAnswer(systems: status.outboxSystems, counts: status.outboxCounts), now: now, isPart: false
        ).lines
    }
}
