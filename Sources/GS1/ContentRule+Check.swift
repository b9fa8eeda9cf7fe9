extension ContentRule {
    /// - Parameter value: characters of the component's set.
    func holds(_ value: ArraySlice<UInt8>) -> Bool {
        switch self {
        case .checkDigit: CheckDigit.holds(value)
        case .checkPair: CheckPair.holds(value)
        case .companyPrefixFirst: Self.beginsWithCompanyPrefix(value)
        case .companyPrefixSecond: Self.beginsWithCompanyPrefix(value.dropFirst())
        case .date: CalendarDate.isDay(value, mayBeMonth: false)
        case .dateOrMonth: CalendarDate.isDay(value, mayBeMonth: true)
        case .fullDate: CalendarDate.isDay(value, mayBeMonth: false)
        case .hour: Self.isBelow(24, value)
        case .minute, .second: Self.isBelow(60, value)
        case .hourMinute: value.count == 4 && Self.isBelow(24, value.prefix(2)) && Self.isBelow(60, value.suffix(2))
        case .country: CountryCode.isNumber(value)
        case .countryOrWorld: value.elementsEqual("999".utf8) || CountryCode.isNumber(value)
        case .countryLetters: CountryCode.isLetters(value)
        case .currency: CurrencyCode.isNumber(value)
        case .sex: Self.isOne(of: "0129", value)
        case .iban: IBAN.holds(value)
        case .percentEncoded: Self.isPercentEncoded(value)
        case .latitude: value.count == 10 && Self.isUp(to: 1_800_000_000, value)
        case .longitude: value.count == 10 && Self.isUp(to: 3_600_000_000, value)
        case .yesNo: Self.isOne(of: "01", value)
        case .hyphen: value.allSatisfy { $0 == UInt8(ascii: "-") }
        case .importerIndex: value.count == 1 && value.allSatisfy(Self.isImporterIndex)
        case .packageType: true
        case .mediaType: value.number.map { (1...10).contains($0) || (80...99).contains($0) } ?? false
        case .positionInSequence: Self.isPosition(value)
        case .pieceOfTotal: Self.isHalf(value)
        case .nonZero: value.contains { $0 != UInt8(ascii: "0") }
        case .zero: value.allSatisfy { $0 == UInt8(ascii: "0") }
        case .noZeroPrefix: value.first != UInt8(ascii: "0")
        case .notOnlyDigits: !value.allSatisfy(\.isDigit)
        case .winding: Self.isOne(of: "019", value)
        case .coupon: CouponReader.isCoupon(value)
        case .couponOffer: CouponReader.isPositiveOffer(value)
        }
    }

    /// The shortest company prefix has four digits.
    static func beginsWithCompanyPrefix(_ value: ArraySlice<UInt8>) -> Bool {
        value.count >= 4 && value.prefix(4).allSatisfy(\.isDigit)
    }

    private static func isBelow(_ bound: Int, _ value: ArraySlice<UInt8>) -> Bool {
        value.number.map { $0 < bound } ?? false
    }

    private static func isUp(to bound: Int, _ value: ArraySlice<UInt8>) -> Bool { isBelow(bound + 1, value) }

    private static func isOne(of characters: String, _ value: ArraySlice<UInt8>) -> Bool {
        value.count == 1 && value.allSatisfy(characters.utf8.contains)
    }

    private static func isImporterIndex(_ byte: UInt8) -> Bool {
        byte.isDigit || (0x41...0x5A).contains(byte & 0xDF) || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
    }

    private static func isPercentEncoded(_ value: ArraySlice<UInt8>) -> Bool {
        value.indices.allSatisfy { place in
            value[place] != UInt8(ascii: "%")
                || place + 2 < value.endIndex && value[place + 1...place + 2].allSatisfy(\.isHexadecimal)
        }
    }

    /// "2/3": neither number begins with a zero.
    private static func isPosition(_ value: ArraySlice<UInt8>) -> Bool {
        let parts = value.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        guard parts.count == 2, parts.allSatisfy({ !$0.isEmpty && $0.first != UInt8(ascii: "0") }) else { return false }
        return isPart(parts[0].number, of: parts[1].number)
    }

    /// "0203": two numbers of the same length.
    private static func isHalf(_ value: ArraySlice<UInt8>) -> Bool {
        let half = value.count / 2
        return value.count == 2 * half && isPart(value.prefix(half).number, of: value.suffix(half).number)
    }

    private static func isPart(_ part: Int?, of total: Int?) -> Bool {
        guard let part, let total else { return false }
        return part > 0 && part <= total
    }
}
