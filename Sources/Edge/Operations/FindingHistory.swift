import Foundation
import Wire

/// The findings that came last, with their times, those that are over among them.
struct FindingHistory: Sendable {
    /// How many are kept.
    static let keptMax = 20

    private var findings: [PastFinding] = []

    /// Newest first.
    var newestFirst: [PastFinding] { findings.reversed() }

    /// A finding came, or has other words now.
    mutating func began(_ finding: Finding, at time: Date) {
        ended(finding.reason, at: time)
        findings.append(PastFinding(finding: finding, beganAtUnixMs: Self.milliseconds(time)))
        if findings.count > Self.keptMax { findings.removeFirst(findings.count - Self.keptMax) }
    }

    /// The finding with this reason is over.
    mutating func ended(_ reason: String, at time: Date) {
        for index in findings.indices where findings[index].finding?.reason == reason {
            if findings[index].endedAtUnixMs == 0 { findings[index].endedAtUnixMs = Self.milliseconds(time) }
        }
    }

    private static func milliseconds(_ time: Date) -> Int64 { Int64(time.timeIntervalSince1970 * 1_000) }
}
