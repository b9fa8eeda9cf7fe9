import Foundation

/// What a source answered, as far as its status and headers say.
struct HTTPAnswer: Equatable {
    var status: Int
    var contentType = ""
    var tag = ""
    var retryAfter = ""

    /// What the answer means where it holds no page.
    /// - Parameters:
    ///   - name: the address's host, for messages.
    ///   - now: by which a date in `Retry-After` is counted.
    /// - Returns: `nil` for 200 and 304.
    func error(from name: String, now: Date) -> SystemsError? {
        switch status {
        case 200:
            guard isPage else {
                return SystemsError(
                    .broken,
                    "\(name) answered with \(Self.shown(contentType)) in the place of application/x-ndjson. Is a sign-in page "
                        + "in between, or the address wrong?")
            }
            return nil
        case 304: return nil
        case 300..<400:
            return SystemsError(
                .refused, "\(name) says that the feed has moved. Write the new address into the feed's url.",
                cause: "status \(status)")
        case 401, 403:
            return SystemsError(
                .refused, "\(name) lets nobody in with this token. Check the feed's token file.",
                cause: "status \(status)")
        case 410:
            return SystemsError(.cursorGone, "\(name) does not know the cursor any more. The feed begins anew.")
        case 429:
            return SystemsError(
                .throttled, "\(name) is asked too often. It is asked again when it says.",
                retryAfter: Self.pause(retryAfter, now: now))
        case 408, 425, 500...:
            let pause = Self.pause(retryAfter, now: now)
            return SystemsError(
                status == 503 && pause != nil ? .throttled : .unavailable,
                "\(name) cannot answer now. It is asked again.", cause: "status \(status)", retryAfter: pause)
        default:
            return SystemsError(
                .refused, "\(name) does not take the request. Check the feed's url.", cause: "status \(status)")
        }
    }

    private var isPage: Bool {
        let kind = contentType.prefix { $0 != ";" }.lowercased().trimmingSpaces
        return ["application/x-ndjson", "application/jsonl", "application/x-jsonlines"].contains(kind)
    }

    /// A content type of a stranger's, for a message.
    private static func shown(_ text: String) -> String {
        let kind = text.prefix { $0.isASCII && ($0.isLetter || $0.isNumber || "/+-.".contains($0)) }.prefix(60)
        return kind.isEmpty ? "no content type" : String(kind)
    }

    /// `Retry-After` (RFC 9110, section 10.2.3): seconds, or a date.
    static func pause(_ text: String, now: Date) -> Duration? {
        if let seconds = Int64(text), text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) {
            return .seconds(min(seconds, 10_000_000))
        }
        guard let date = date(text) else { return nil }
        return .seconds(min(max(0, date.timeIntervalSince(now).rounded(.up)), 1e7))
    }

    /// An IMF-fixdate (RFC 9110, section 5.6.7).
    private static func date(_ text: String) -> Date? {
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        let pattern = /[A-Z][a-z]{2}, (\d{2}) ([A-Z][a-z]{2}) (\d{4}) (\d{2}:\d{2}:\d{2}) GMT/
        guard let match = text.wholeMatch(of: pattern), let month = months.firstIndex(of: String(match.2)) else {
            return nil
        }
        return FieldText.time("\(match.3)-\(month < 9 ? "0" : "")\(month + 1)-\(match.1)T\(match.4)Z")
    }
}
