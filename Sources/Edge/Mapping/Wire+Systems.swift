import Foundation
import Systems
import Wire

extension OutsideSystem {
    /// A system that is switched on.
    /// - Parameter feeds: how its feeds stand.
    init(_ settings: SystemSettings, _ status: SystemStatus, feeds: [FeedStatus]) {
        let milliseconds = { (date: Date?) in date.map { Int64($0.timeIntervalSince1970 * 1_000) } ?? 0 }
        self.init(
            name: settings.name, kind: settings.kind, state: SystemState(status, feeds: feeds),
            answeredAtUnixMs: milliseconds(status.answeredAt), failure: status.failure,
            failedAtUnixMs: milliseconds(status.failedAt), failures: UInt32(clamping: status.failures),
            throughAtUnixMs: milliseconds(feeds.compactMap(\.lastThrough).min()), feeds: feeds.map(\.name))
        // A page that cannot be taken is no failure of the call that brought it.
        if failure.isEmpty { failure = feeds.map(\.failure).first { !$0.isEmpty } ?? "" }
    }
}

extension SystemState {
    fileprivate init(_ status: SystemStatus, feeds: [FeedStatus]) {
        if status.leftAloneUntil != nil || feeds.contains(where: { $0.state == .down }) {
            self = .down
        } else if !status.failure.isEmpty || feeds.contains(where: { !$0.failure.isEmpty }) {
            self = .failing
        } else {
            self = status.answeredAt == nil ? .unasked : .answering
        }
    }
}
