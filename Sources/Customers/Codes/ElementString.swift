/// GS1 element strings (GS1 General Specifications, section 7.8).
enum ElementString {
    /// FNC1 between two elements, as scanners send it.
    static let separator: UInt8 = 0x1D

    /// Characters of an element, its identifier included, by the identifier's first two digits: those that end without a
    /// separator (GS1 General Specifications, figure 7.8.5-2).
    private static func length(of prefix: Int) -> Int? {
        switch prefix {
        case 0, 4: prefix == 0 ? 20 : 18
        case 1, 2, 3: 16
        case 11...19: 8
        case 20: 4
        case 31...36: 10
        case 41: 16
        default: nil
        }
    }

    /// The product number: identifier 01.
    /// - Returns: `nil` when there is none, or its check digit is wrong.
    static func gtin(in data: [UInt8]) -> GTIN? {
        var place = 0
        while place < data.count {
            if data[place] == separator {
                place += 1
                continue
            }
            guard let prefix = prefix(at: place, of: data) else { return nil }
            if prefix == 1 { return GTIN(digits: data.dropFirst(place + 2).prefix(14)) }
            if let length = length(of: prefix) {
                place += length
            } else {
                place += data[place...].prefix { $0 != separator }.count
            }
        }
        return nil
    }

    /// Whether bare digits are an element string beyond doubt: a shipping unit or a product number in front, with the
    /// right check digit.
    ///
    /// Other identifiers prove nothing: 22, 240 or 400 begin element strings of almost any length, and payment cards.
    static func isProven(_ digits: [UInt8]) -> Bool {
        switch prefix(at: 0, of: digits) {
        case 0: digits.count >= 20 && GTIN.isChecked(digits[2..<20])
        case 1, 2: digits.count >= 16 && GTIN.isChecked(digits[2..<16])
        default: false
        }
    }

    private static func prefix(at place: Int, of data: [UInt8]) -> Int? {
        guard place + 1 < data.count, data[place...place + 1].allSatisfy({ (0x30...0x39).contains($0) }) else {
            return nil
        }
        return Int(data[place] & 15) * 10 + Int(data[place + 1] & 15)
    }
}
