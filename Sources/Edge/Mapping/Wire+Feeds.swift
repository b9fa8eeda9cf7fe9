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
            identifiersMoved: UInt64(status.progress.moved))
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
