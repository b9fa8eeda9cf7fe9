import Foundation
import Journal
import Systems
import Wire

extension Wire.OutboxEntry {
    init(_ entry: Journal.OutboxEntry) {
        let standing = entry.standing
        self.init(
            id: UInt64(clamping: entry.id), system: entry.system, kind: entry.kind,
            subject: standing.state == .sent || standing.state == .dropped ? "" : entry.subject,
            state: Wire.OutboxState(standing.state), attempts: UInt32(clamping: standing.attempts),
            checks: UInt32(clamping: standing.checks), createdAtUnixMs: standing.createdAt.unixMilliseconds,
            changedAtUnixMs: standing.changedAt.unixMilliseconds,
            dueAtUnixMs: standing.state.isOpen ? standing.dueAt.unixMilliseconds : 0, reason: standing.reason)
    }
}

extension Wire.OutboxCount {
    init(_ count: Journal.OutboxCount) {
        self.init(
            system: count.system, state: Wire.OutboxState(count.state), count: UInt64(clamping: count.count),
            oldestAtUnixMs: count.oldestAt.unixMilliseconds)
    }
}

extension OutboxSystem {
    init(_ name: String, _ status: OutboxRunner.Status) {
        self.init(
            name: name, served: true, down: status.isDown, nextTryAtUnixMs: status.nextTry?.unixMilliseconds ?? 0,
            failure: status.failure)
    }
}

extension Wire.OutboxState {
    init(_ state: Journal.OutboxState) {
        self =
            switch state {
            case .pending: .pending
            case .sending: .sending
            case .unknown: .unknown
            case .sent: .sent
            case .refused: .refused
            case .dropped: .dropped
            }
    }
}

extension Journal.OutboxState {
    /// - Returns: `nil` for one that this edge does not know.
    init?(_ state: Wire.OutboxState) {
        guard let known = Self.allCases.first(where: { Wire.OutboxState($0) == state }) else { return nil }
        self = known
    }
}
