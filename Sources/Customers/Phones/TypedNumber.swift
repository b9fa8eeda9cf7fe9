/// The digits of a number as they were typed, and whether a country code stands in front.
struct TypedNumber: Sendable, Equatable {
    let digits: String
    let isInternational: Bool

    /// - Returns: `nil` where anything but digits and separators comes.
    init?(_ text: String) {
        var rest = text[...].drop(while: \.isWhitespace)
        if rest.lowercased().hasPrefix("tel:") { rest = rest.dropFirst(4) }
        var digits = ""
        var hasPlus = false
        for character in rest {
            switch character {
            case "0"..."9": digits.append(character)
            case "+" where digits.isEmpty && !hasPlus: hasPlus = true
            case " ", "\u{A0}", "-", ".", "/", "(", ")", "\u{2010}", "\u{2011}", "\u{2013}", "\t": continue
            default: return nil
            }
        }
        if !hasPlus, digits.hasPrefix("00") {
            digits.removeFirst(2)
            hasPlus = true
        }
        guard (4...17).contains(digits.count) else { return nil }
        self.digits = digits
        isInternational = hasPlus
    }

    func e164(in region: PhoneRegion) -> String? {
        if isInternational { return TypedNumber.international(digits) }
        if let national = TypedNumber.national(digits, region) { return "+\(region.countryCode)\(national)" }
        guard digits.hasPrefix(region.countryCode),
            let national = TypedNumber.national(String(digits.dropFirst(region.countryCode.count)), region)
        else { return nil }
        return "+\(region.countryCode)\(national)"
    }

    private static func international(_ digits: String) -> String? {
        if let region = PhoneRegion.all.first(where: { digits.hasPrefix($0.countryCode) }) {
            return national(String(digits.dropFirst(region.countryCode.count)), region).map {
                "+\(region.countryCode)\($0)"
            }
        }
        return digits.first != "0" && (7...15).contains(digits.count) ? "+\(digits)" : nil
    }

    private static func national(_ digits: String, _ region: PhoneRegion) -> String? {
        for trunk in region.trunkPrefixes where digits.hasPrefix(trunk) {
            let rest = String(digits.dropFirst(trunk.count))
            if region.lengths.contains(rest.count) { return rest }
        }
        return region.lengths.contains(digits.count) ? digits : nil
    }
}
