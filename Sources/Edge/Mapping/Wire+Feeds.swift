import Customers
import Foundation
import Systems
import Wire

extension Wire.Feed {
    init(_ status: FeedStatus, isComplete: Bool) {
        let milliseconds = { (date: Date?) in date.map { Int64($0.timeIntervalSince1970 * 1_000) } ?? 0 }
        self.init(
            name: status.name, kind: status.kind, state: Wire.FeedState(status.state), complete: isComplete,
            throughAtUnixMs: milliseconds(status.lastThrough), nextRunAtUnixMs: milliseconds(status.nextRun),
            failure: status.failure, failures: UInt32(clamping: status.failures),
            rowsRead: UInt64(status.progress.rowsRead), rowsRefused: UInt64(status.progress.rejections.refused),
            rejected: status.progress.rejections.named.prefix(3).map { RejectedRow($0) },
            lastRun: status.lastRun.map { Wire.FeedRun($0) }, identifiersMoved: UInt64(status.progress.moved))
    }

    /// A source that nothing runs.
    /// - Parameter systemKind: the kind of the configuration's system of that name.
    init(off state: Customers.FeedState, systemKind: String?) {
        let isEnrolling = systemKind.map { ConnectorKinds.named($0) is any Enroller.Type } ?? false
        let standing = isEnrolling ? "members" : systemKind ?? ""
        let kinds = [ImportPlan.standardFeed: "import", SampleStore.feed: "sample", Replica.provisionalFeed: "store"]
        self.init(
            name: state.name, kind: kinds[state.name] ?? standing, state: .off, complete: state.isComplete,
            throughAtUnixMs: state.appliedAt)
    }
}

extension Wire.FeedRun {
    init(_ run: Systems.FeedRun) {
        let progress = run.progress
        self.init(
            number: run.number, rowsRead: UInt64(progress.rowsRead), upserted: UInt64(progress.upserted),
            unchanged: UInt64(progress.unchanged), removed: UInt64(progress.removed), merged: UInt64(progress.merged),
            rowsRefused: UInt64(progress.rejections.refused), failure: run.failure)
    }
}

extension Wire.FeedState {
    init(_ state: FeedStatus.State) {
        self =
            switch state {
            case .waiting: .waiting
            case .running: .running
            case .retrying: .retrying
            case .down: .down
            }
    }
}

extension ImportEvent {
    init(_ progress: FeedProgress) {
        self.init(
            rowsRead: UInt64(progress.rowsRead), upserted: UInt64(progress.upserted),
            removed: UInt64(progress.removed), bytesRead: progress.bytesRead, bytesTotal: progress.bytesTotal ?? 0,
            rowsRefused: UInt64(progress.rejections.refused), unchanged: UInt64(progress.unchanged),
            merged: UInt64(progress.merged), identifiersMoved: UInt64(progress.moved))
    }

    /// The last event of an import.
    init(last progress: FeedProgress) {
        self.init(progress)
        done = true
        taken = progress.fields.map(\.rawValue)
        counts = progress.rejections.counts.sorted { $0.key.rawValue < $1.key.rawValue }.map { reason, count in
            RejectedCount(
                reason: reason.rawValue, message: reason.words, count: UInt64(count), refused: reason.isRefusal)
        }
        rejected = progress.rejections.named.prefix(FeedService.rejectedMax).map { RejectedRow($0) }
    }
}

extension RejectedRow {
    init(_ rejection: Rejection) {
        self.init(
            line: UInt64(max(0, rejection.line)), column: UInt32(clamping: rejection.column),
            reason: rejection.reason.rawValue, message: rejection.reason.words)
    }
}
