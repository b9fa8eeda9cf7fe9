import Foundation
import Testing

@testable import Systems

@Suite struct HTTPAnswerTests {
    /// Tue, 24 Nov 2026 12:00:00 GMT.
    private static let noon = Date(timeIntervalSince1970: 1_795_521_600)

    @Test(
        "A status says what is to be done",
        arguments: [
            (301, .refused), (302, .refused), (308, .refused), (400, .refused), (401, .refused), (403, .refused),
            (404, .refused), (406, .refused), (408, .unavailable), (410, .cursorGone), (425, .unavailable),
            (429, .throttled), (500, .unavailable), (502, .unavailable), (503, .unavailable), (504, .unavailable),
        ] as [(Int, SystemsError.Code)])
    func statuses(status: Int, code: SystemsError.Code) {
        #expect(HTTPAnswer(status: status).error(from: "x", now: Self.noon)?.code == code)
    }

    @Test(
        "A pause is asked for in seconds or by a date",
        arguments: [
            ("0", 0), ("120", 120), ("99999999999", 10_000_000), ("Tue, 24 Nov 2026 12:00:30 GMT", 30),
            ("Tue, 24 Nov 2026 11:00:00 GMT", 0),
        ] as [(String, Int)])
    func pauses(text: String, seconds: Int) {
        let error = HTTPAnswer(status: 503, retryAfter: text).error(from: "x", now: Self.noon)
        #expect(error?.code == .throttled)
        #expect(error?.retryAfter == .seconds(seconds))
    }

    @Test("What is no pause is none", arguments: ["", "-1", "1.5", "soon", "Tue, 24 Foo 2026 12:00:30 GMT"])
    func noPause(text: String) {
        let error = HTTPAnswer(status: 429, retryAfter: text).error(from: "x", now: Self.noon)
        #expect(error?.code == .throttled && error?.retryAfter == nil)
    }

    @Test("Another content type than a page's is no page, and stands in the message only as a type")
    func types() {
        #expect(
            HTTPAnswer(status: 200, contentType: "Application/X-NDJSON; charset=utf-8").error(from: "x", now: Self.noon)
                == nil)
        let error = HTTPAnswer(status: 200, contentType: "text/html\u{1B}[31m; x").error(from: "x", now: Self.noon)
        #expect(error?.code == .broken)
        #expect(error?.message.contains("\u{1B}") == false)
    }
}
