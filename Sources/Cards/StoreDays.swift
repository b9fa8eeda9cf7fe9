import Foundation

/// So many days of the store's clock: they end at the time of day at which they began, on whatever side of a change of clocks.
struct StoreDays: Sendable {
    private let count: Int

    init(_ count: Int) { self.count = count }

    /// When they end. A time that the last day does not have, because clocks are put forward, is the next one that it has; one that
    /// it has twice is the first, as for the feeds' schedules.
    func end(from begin: Date, in zone: TimeZone) -> Date {
        let plain = begin.addingTimeInterval(TimeInterval(count * 86_400))
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = zone
        // A day is never shorter than 23 hours, nor longer than 25: the whole count of them is within two hours of the plain one.
        let time = calendar.dateComponents([.hour, .minute, .second], from: begin)
        let end = calendar.nextDate(
            after: plain.addingTimeInterval(-2 * 3_600 - 1), matching: time, matchingPolicy: .nextTime,
            repeatedTimePolicy: .first)
        let fraction = begin.timeIntervalSince1970.truncatingRemainder(dividingBy: 1)
        return end?.addingTimeInterval(fraction) ?? plain
    }
}
