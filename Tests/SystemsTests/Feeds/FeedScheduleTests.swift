import Foundation
import Testing

@testable import Systems

@Suite struct FeedScheduleTests {
    private let oslo: TimeZone

    init() throws { oslo = try #require(TimeZone(identifier: "Europe/Oslo")) }

    private func time(_ text: String) throws -> Date { try #require(FieldText.time(text)) }

    @Test(
        "A schedule is what people write",
        arguments: [
            ("every minute", .every(seconds: 60)), ("every 30 seconds", .every(seconds: 30)),
            ("Every 5 minutes", .every(seconds: 300)), ("every hour", .every(seconds: 3_600)),
            ("hourly", .hourly(minute: 0)), ("hourly at 15", .hourly(minute: 15)),
            ("daily at 03:00", .daily(hour: 3, minute: 0)), ("daily at 3:05", .daily(hour: 3, minute: 5)),
        ] as [(String, FeedSchedule)])
    func parses(text: String, schedule: FeedSchedule) {
        #expect(FeedSchedule(text) == schedule)
    }

    @Test(
        "What is no schedule is none",
        arguments: [
            "", "every", "every 4 seconds", "every 0 minutes", "every 25 hours", "every x minutes", "hourly at 60",
            "daily", "daily at 24:00", "daily at 3", "daily at 03:00:00", "every 9223372036854775807 hours", "weekly",
        ])
    func refuses(text: String) {
        #expect(FeedSchedule(text) == nil)
    }

    @Test(
        "A daily run is at the store's own time, summer and winter",
        arguments: [
            // The clock goes forward on 2026-03-29 at 02:00, and back on 2026-10-25 at 03:00.
            ("daily at 03:00", "2026-11-24T12:00:00Z", "2026-11-25T02:00:00Z"),
            ("daily at 03:00", "2026-07-01T00:59:59Z", "2026-07-01T01:00:00Z"),
            ("daily at 03:00", "2026-07-01T01:00:00Z", "2026-07-02T01:00:00Z"),
            ("daily at 02:30", "2026-03-28T12:00:00Z", "2026-03-29T01:00:00Z"),
            ("daily at 02:30", "2026-10-24T12:00:00Z", "2026-10-25T00:30:00Z"),
            ("daily at 02:30", "2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z"),
            ("hourly at 15", "2026-11-24T12:15:00Z", "2026-11-24T13:15:00Z"),
            ("every 5 minutes", "2026-11-24T12:00:00Z", "2026-11-24T12:05:00Z"),
        ])
    func next(text: String, after: String, next: String) throws {
        let schedule = try #require(FeedSchedule(text))
        #expect(schedule.next(after: try time(after), in: oslo) == (try time(next)))
    }
}
