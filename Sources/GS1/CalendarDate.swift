/// Dates as element strings write them: YYMMDD or YYYYMMDD.
enum CalendarDate {
    /// - Parameter mayBeMonth: whether the day may be 00, for the whole month.
    static func isDay(_ value: ArraySlice<UInt8>, mayBeMonth: Bool) -> Bool {
        guard value.count == 6 || value.count == 8, let number = value.number else { return false }
        let (year, month, day) = (number / 10_000, number / 100 % 100, number % 100)
        guard (1...12).contains(month) else { return false }
        return (mayBeMonth ? 0 : 1)...days(of: month, year) ~= day
    }

    /// Two digits stand for a year within fifty of today (GS1 General Specifications, section 7.12), and between 1951 and
    /// 2099 each fourth year is a leap year.
    private static func days(of month: Int, _ year: Int) -> Int {
        switch month {
        case 2: isLeap(year) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    private static func isLeap(_ year: Int) -> Bool {
        year.isMultiple(of: 4) && (year < 100 || !year.isMultiple(of: 100) || year.isMultiple(of: 400))
    }
}
