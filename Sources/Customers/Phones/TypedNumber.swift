/// The digits of a number as they were typed, and whether a country code stands in front.
struct TypedNumber: Sendable, Equatable {
    let digits: String
    let isInternational: Bool

    /// Digits between which people put spaces and marks, a plus in front or not.
    /// - Returns: `nil` where anything else comes, or more or fewer digits than a number can have.
    init?(_ text: String) {
        guard text.utf8.count <= CustomersLimits.phoneBytesMax else { return nil }
        guard var (digits, hasPlus) = TypedNumber.plain(text) ?? TypedNumber.spelled(text) else { return nil }
        // Two zeros are the prefix of a call abroad in every country of the table, and no country's code begins with one.
        if !hasPlus, digits.begins(with: "00"), !digits.begins(with: "000") {
            digits.removeFirst(2)
            hasPlus = true
        }
        guard CustomersLimits.phoneDigits.contains(digits.utf8.count) else { return nil }
        self.digits = digits
        isInternational = hasPlus
    }

    /// The usual case, read by bytes, which a first load of a million customers does a million times: digits, with or
    /// without a plus in front.
    private static func plain(_ text: String) -> (digits: String, hasPlus: Bool)? {
        let hasPlus = text.utf8.first == UInt8(ascii: "+")
        let digits = text.utf8.dropFirst(hasPlus ? 1 : 0)
        guard digits.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        return (String(decoding: digits, as: UTF8.self), hasPlus)
    }

    private static func spelled(_ text: String) -> (digits: String, hasPlus: Bool)? {
        var digits = ""
        var hasPlus = false
        for character in withoutScheme(text) {
            switch character {
            case "0"..."9": digits.append(character)
            case "+" where digits.isEmpty: hasPlus = true
            case let mark where separators.contains(mark): continue
            default: return nil
            }
        }
        return (digits, hasPlus)
    }

    private static let separators: Set<Character> = [
        " ", "\u{A0}", "\u{202F}", "\t", "-", "\u{2010}", "\u{2011}", "\u{2012}", "\u{2013}", ".", "/", "(", ")",
    ]

    /// A number may come as a link (RFC 3966).
    private static func withoutScheme(_ text: String) -> Substring {
        let trimmed = text.drop(while: \.isWhitespace)
        return trimmed.prefix(4).lowercased() == "tel:" ? trimmed.dropFirst(4) : trimmed
    }

    /// - Returns: `nil` for digits that are no number of the region, or of the country whose code stands in front.
    func e164(in region: PhoneRegion) -> String? {
        guard isInternational else {
            let own =
                TypedNumber.isForeignForm(digits, region) ? String(digits.dropFirst(region.countryCode.count)) : digits
            return TypedNumber.e164(own, region)
        }
        guard let region = PhoneRegion.all.first(where: { digits.begins(with: $0.countryCode) }) else {
            // A guest's number is taken as it stands.
            return digits.first != "0" && (7...15).contains(digits.utf8.count) ? "+\(digits)" : nil
        }
        return TypedNumber.e164(String(digits.dropFirst(region.countryCode.count)), region)
    }

    /// Whether bare digits begin with the country code of the region itself: 4741234567 in Norway.
    private static func isForeignForm(_ digits: String, _ region: PhoneRegion) -> Bool {
        guard digits.begins(with: region.countryCode) else { return false }
        let rest = withoutTrunk(String(digits.dropFirst(region.countryCode.count)), region)
        if !region.isInUse(digits), region.isInUse(rest) { return true }
        return digits.utf8.count > region.lengths.max() ?? 0
    }

    private static func e164(_ typed: String, _ region: PhoneRegion) -> String? {
        let national = withoutTrunk(typed, region)
        let isLongEnough = region.lengths.contains(national.utf8.count)
        // 15 digits are the most there are (ITU-T E.164, section 6.1).
        guard isLongEnough, region.countryCode.utf8.count + national.utf8.count <= 15 else { return nil }
        return "+\(region.countryCode)\(national)"
    }

    /// Without the trunk prefix, unless the number is in use with it and not without, or nothing usable would be left.
    private static func withoutTrunk(_ digits: String, _ region: PhoneRegion) -> String {
        guard let trunk = region.trunkPrefixes.first(where: { digits.begins(with: $0) }) else { return digits }
        let rest = String(digits.dropFirst(trunk.utf8.count))
        if region.isInUse(digits), !region.isInUse(rest) { return digits }
        let isShort = rest.utf8.count < region.lengths.max() ?? 0
        return isShort && !region.lengths.contains(rest.utf8.count) ? digits : rest
    }
}
