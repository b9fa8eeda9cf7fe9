import CountertopClient
import Foundation

/// The outbox in words.
struct OutboxText {
    let lines: [String]

    /// - Parameters:
    ///   - isPart: whether there may be more entries than the answer holds.
    ///   - given: how the edge was named, for the command that shows them.
    init(_ answer: ListOutboxAnswer, now: Date, isPart: Bool, given: GivenPlace = .installed) {
        guard !answer.systems.isEmpty else {
            lines = ["the outbox is empty, and no system is configured"]
            return
        }
        var lines = answer.systems.map { system in
            let counts = answer.counts.filter { $0.system == system.name }
            let words = counts.map { "\($0.count) \($0.state.name.lowercased())" }
            let waiting = counts.filter { ![.sent, .dropped].contains($0.state) }
            let oldest = waiting.map(\.oldestAtUnixMs).min().map { "the oldest from \(Self.age($0, now)) ago" }
            let parts = [words.isEmpty ? "nothing" : words.joined(separator: ", ")] + [oldest].compactMap(\.self)
            return "\(system.name): \(parts.joined(separator: ", "))\(Self.standing(system))"
        }
        lines += answer.entries.map { $0.line(now: now) }
        if isPart, let last = answer.entries.last {
            lines.append("more: \(given.command("outbox list --after \(last.id)"))")
        }
        self.lines = lines
    }

    private static func standing(_ system: OutboxSystem) -> String {
        if !system.served { return "; the configuration does not name it" }
        if system.down { return "; left alone for a while: \(system.failure)" }
        return system.failure.isEmpty ? "" : "; last: \(system.failure)"
    }

    /// How long ago a time was: `90 s`, `12 min`, `5 h`, `3 d`.
    static func age(_ milliseconds: Int64, _ now: Date) -> String {
        let seconds = max(0, Int(now.timeIntervalSince1970) - Int(milliseconds / 1_000))
        switch seconds {
        case ..<120: return "\(seconds) s"
        case ..<7_200: return "\(seconds / 60) min"
        case ..<172_800: return "\(seconds / 3_600) h"
        default: return "\(seconds / 86_400) d"
        }
    }
}

extension OutboxEntry {
    /// The entry in a line.
    func line(now: Date) -> String {
        var parts = ["\(id)", system, kind, state.name.lowercased(), "\(OutboxText.age(createdAtUnixMs, now)) old"]
        if attempts > 0 { parts.append("tried \(attempts) times") }
        if checks > 0 { parts.append("looked for \(checks) times") }
        if !subject.isEmpty { parts.append("customer \(subject)") }
        let line = parts.joined(separator: "  ")
        return reason.isEmpty ? line : "\(line)  \(reason)"
    }
}
