package import Foundation

/// When a feed runs.
package enum FeedSchedule: Sendable, Equatable {
    /// So long after it ran last.
    case every(seconds: Int)
    /// In each hour at a minute.
    case hourly(minute: Int)
    /// Each day at a time of the store's clock.
    case daily(hour: Int, minute: Int)

    /// The words that are understood, for messages.
    package static let known = "every minute, every 30 seconds, every 5 minutes, hourly, hourly at 15, daily at 03:00"

    /// The shortest and the longest time between runs by ``every(seconds:)``.
    package static let seconds = 5...86_400

    /// - Parameter text: as ``known`` says.
    package init?(_ text: String) {
        let words = text.lowercased().split(separator: " ").map(String.init)
        switch (words.first, words.dropFirst().first, words.count) {
        case ("every", let unit?, 2): self.init(count: 1, unit: unit)
        case ("every", let count?, 3):
            guard let count = Int(count) else { return nil }
            self.init(count: count, unit: words[2])
        case ("hourly", nil, 1): self = .hourly(minute: 0)
        case ("hourly", "at", 3):
            guard let minute = Int(words[2]), (0...59).contains(minute) else { return nil }
            self = .hourly(minute: minute)
        case ("daily", "at", 3):
            let parts = words[2].split(separator: ":", omittingEmptySubsequences: false).map { Int($0) }
            guard parts.count == 2, let hour = parts[0], let minute = parts[1], (0...23).contains(hour),
                (0...59).contains(minute)
            else { return nil }
            self = .daily(hour: hour, minute: minute)
        default: return nil
        }
    }

    private init?(count: Int, unit: String) {
        let unitSeconds: Int
        switch unit {
        case "second", "seconds": unitSeconds = 1
        case "minute", "minutes": unitSeconds = 60
        case "hour", "hours": unitSeconds = 3_600
        default: return nil
        }
        guard count > 0, count <= Self.seconds.upperBound, Self.seconds.contains(count * unitSeconds) else {
            return nil
        }
        self = .every(seconds: count * unitSeconds)
    }

    /// The first time behind `date`. A time that a day does not have, because clocks are put forward, is the next one that
    /// it has; one that it has twice is the first.
    package func next(after date: Date, in zone: TimeZone) -> Date {
        var parts = DateComponents()
        switch self {
        case .every(let seconds): return date.addingTimeInterval(Double(seconds))
        case .hourly(let minute): parts.minute = minute
        case .daily(let hour, let minute):
            parts.hour = hour
            parts.minute = minute
        }
        parts.second = 0
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = zone
        let next = calendar.nextDate(
            after: date, matching: parts, matchingPolicy: .nextTime, repeatedTimePolicy: .first)
        return next ?? date.addingTimeInterval(86_400)
    }
}
