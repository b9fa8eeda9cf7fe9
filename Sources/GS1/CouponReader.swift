/// Reads the numbers of a coupon one behind the other (GS1 North American Coupon Application Guideline Using GS1 DataBar
/// Expanded Symbols; North American Positive Offer File).
struct CouponReader {
    private var rest: ArraySlice<UInt8>

    /// Application identifier 8110.
    static func isCoupon(_ value: ArraySlice<UInt8>) -> Bool {
        guard value.allSatisfy(\.isDigit) else { return false }
        var reader = CouponReader(rest: value)
        return reader.takeCompany("0123456") && reader.take(6) && reader.takeCounted("12345")
            && reader.takePurchase() && reader.takeOptions() && reader.rest.isEmpty
    }

    /// Application identifier 8112.
    static func isPositiveOffer(_ value: ArraySlice<UInt8>) -> Bool {
        guard value.allSatisfy(\.isDigit) else { return false }
        var reader = CouponReader(rest: value)
        return reader.takeOne(of: "01") && reader.takeCounted("0123456", and: 6) && reader.take(6)
            && reader.takeCounted("0123456789", and: 6) && reader.rest.isEmpty
    }

    private mutating func take(_ count: Int) -> Bool {
        guard rest.count >= count else { return false }
        rest.removeFirst(count)
        return true
    }

    private mutating func takeOne(of characters: String) -> Bool {
        guard let first = rest.first, characters.utf8.contains(first) else { return false }
        return take(1)
    }

    /// A digit, and as many behind it as it says.
    private mutating func takeCounted(_ counts: String, and more: Int = 0) -> Bool {
        let count = (rest.first?.digit ?? 0) + more
        return takeOne(of: counts) && take(count)
    }

    private mutating func takeCompany(_ counts: String) -> Bool {
        let count = (rest.first?.digit ?? 0) + 6
        guard takeOne(of: counts), ContentRule.beginsWithCompanyPrefix(rest) else { return false }
        return take(count)
    }

    /// What must be bought: how much, of what measure, of which family.
    private mutating func takePurchase() -> Bool { takeCounted("12345") && takeOne(of: "012349") && take(3) }

    private mutating func takeOtherCompany() -> Bool {
        if rest.first == UInt8(ascii: "9") { return take(1) }
        return takeCompany("0123456")
    }

    /// The fields that may follow, each under its digit, in their order.
    private mutating func takeOptions() -> Bool {
        if begins("1"), !(takeOne(of: "0123") && takePurchase() && takeOtherCompany()) { return false }
        if begins("2"), !(takePurchase() && takeOtherCompany()) { return false }
        var expiry: ArraySlice<UInt8>?
        if begins("3") {
            expiry = rest.prefix(6)
            guard takeDate() else { return false }
        }
        if begins("4") {
            let start = rest.prefix(6)
            guard takeDate(), expiry.map({ !$0.lexicographicallyPrecedes(start) }) ?? true else { return false }
        }
        if begins("5"), !takeCounted("0123456789", and: 6) { return false }
        if begins("6"), !takeCompany("1234567") { return false }
        if begins("9"), !(takeOne(of: "01256") && takeOne(of: "012") && take(1) && takeOne(of: "01")) { return false }
        return true
    }

    private mutating func takeDate() -> Bool { CalendarDate.isDay(rest.prefix(6), mayBeMonth: false) && take(6) }

    private mutating func begins(_ digit: Unicode.Scalar) -> Bool {
        guard rest.first == UInt8(ascii: digit) else { return false }
        return take(1)
    }
}
