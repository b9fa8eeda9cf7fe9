import Foundation

/// What the texts of rows mean.
enum FieldText {
    /// A decimal number in hundredths, with a point or a comma: `12.5` is 1250. Further digits are cut off.
    /// - Returns: `nil` for what is none, or is beyond what 64 bits hold.
    static func hundredths(_ text: String) -> Int64? {
        var digits = Substring(text)
        let isNegative = digits.hasPrefix("-")
        if isNegative || digits.hasPrefix("+") { digits.removeFirst() }
        if digits.hasSuffix("%") { digits.removeLast() }
        let parts = digits.split(separator: digits.contains(",") ? "," : ".", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), !parts[0].isEmpty,
            parts.allSatisfy({ $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }), let whole = Int64(parts[0])
        else { return nil }
        let fraction = parts.count == 2 ? Array(parts[1].utf8.prefix(2)) : []
        guard parts.count == 1 || !parts[1].isEmpty else { return nil }
        let cents = Int64(fraction.first.map { $0 & 15 } ?? 0) * 10 + Int64(fraction.count > 1 ? fraction[1] & 15 : 0)
        let (scaled, isOver) = whole.multipliedReportingOverflow(by: 100)
        let (sum, isSumOver) = scaled.addingReportingOverflow(cents)
        guard !isOver, !isSumOver else { return nil }
        return isNegative ? -sum : sum
    }

    /// A percentage in hundredths of a percent, 0 to 100 %.
    static func basisPoints(_ text: String) -> UInt32? {
        guard let value = hundredths(text), (0...10_000).contains(value) else { return nil }
        return UInt32(value)
    }

    static func flag(_ text: String) -> Bool? {
        switch text.lowercased() {
        case "true", "1", "yes", "y": true
        case "false", "0", "no", "n": false
        default: nil
        }
    }

    /// A time: ISO 8601 with a zone (without one it is UTC), a date alone, or seconds or milliseconds since 1970.
    static func time(_ text: String) -> Date? {
        let bytes = Array(text.utf8)
        if bytes.allSatisfy({ (0x30...0x39).contains($0) }), let number = Int64(text) {
            switch bytes.count {
            case 9...10: return Date(timeIntervalSince1970: Double(number))
            case 12...13: return Date(timeIntervalSince1970: Double(number) / 1_000)
            default: return nil
            }
        }
        guard let match = text.wholeMatch(of: pattern) else { return nil }
        let number = { (part: Substring?) in part.flatMap { Int($0) } ?? 0 }
        let (year, month, day) = (number(match.1), number(match.2), number(match.3))
        let (hour, minute, second) = (number(match.4), number(match.5), number(match.6))
        guard (1...12).contains(month), (1...days(year, month)).contains(day), hour < 24, minute < 60, second < 61
        else { return nil }
        let fraction = match.7.flatMap { Double("0.\($0)") } ?? 0
        guard let zone = offset(match.8) else { return nil }
        let seconds = ((daysSince1970(year, month, day) * 24 + hour) * 60 + minute) * 60 + second - zone
        return Date(timeIntervalSince1970: Double(seconds) + fraction)
    }

    /// Made once, since a row's time is read for each row. A Regex is not Sendable only because a part of it may be code of
    /// somebody's own, which this one has not.
    private nonisolated(unsafe) static let pattern =
        /(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s?(Z|z|[+-]\d{2}:?\d{2})?)?/

    /// Seconds east of Greenwich.
    private static func offset(_ text: Substring?) -> Int? {
        guard let text, text.lowercased() != "z" else { return 0 }
        let digits = text.filter(\.isNumber)
        guard let hours = Int(digits.prefix(2)), let minutes = Int(digits.suffix(2)), hours < 24, minutes < 60 else {
            return nil
        }
        return (text.hasPrefix("-") ? -1 : 1) * (hours * 60 + minutes) * 60
    }

    private static func days(_ year: Int, _ month: Int) -> Int {
        let isLeap = year.isMultiple(of: 4) && (!year.isMultiple(of: 100) || year.isMultiple(of: 400))
        return month == 2 ? (isLeap ? 29 : 28) : [4, 6, 9, 11].contains(month) ? 30 : 31
    }

    /// Days from 1970-01-01 in the Gregorian calendar (https://howardhinnant.github.io/date_algorithms.html).
    private static func daysSince1970(_ year: Int, _ month: Int, _ day: Int) -> Int {
        let year = month <= 2 ? year - 1 : year
        let era = (year >= 0 ? year : year - 399) / 400
        let yearOfEra = year - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }
}
