extension Label {
    /// The product number of an EAN or UPC label as 14 digits, so that the same product compares equal however it is
    /// printed (GS1 General Specifications, section 3.3.2). `nil` for other labels and for a wrong check digit.
    package var gtin14: String? {
        guard family == .eanUPC, data.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        let digits = data.map { Int($0) - 0x30 }
        guard let number = Self.number(digits, symbology), Self.isChecked(number) else { return nil }
        return String(repeating: "0", count: 14 - number.count) + number.map(String.init).joined()
    }

    private static func number(_ digits: [Int], _ symbology: Symbology) -> [Int]? {
        switch (symbology, digits.count) {
        case (.upcE, 8): expandedUPCE(digits)
        case (.ean8, 8), (.upcA, 12), (.upcE, 12), (.upcA, 13), (.upcE, 13), (.ean13, 13): digits
        // An add-on is no part of the number.
        case (.ean13Supplemental, 15), (.ean13Supplemental, 18): Array(digits.prefix(13))
        case (.upcASupplemental, 15), (.upcASupplemental, 18): Array(digits.prefix(13))
        case (.upcASupplemental, 14), (.upcASupplemental, 17): Array(digits.prefix(12))
        default: nil
        }
    }

    /// The twelve digits of a UPC-E's eight: number system, six digits, check digit (GS1 General Specifications, section
    /// 5.2.2.4.2).
    private static func expandedUPCE(_ digits: [Int]) -> [Int] {
        let (system, d, check) = (digits[0], digits[1...6].map { $0 }, digits[7])
        let body =
            switch d[5] {
            case 0...2: [d[0], d[1], d[5], 0, 0, 0, 0, d[2], d[3], d[4]]
            case 3: [d[0], d[1], d[2], 0, 0, 0, 0, 0, d[3], d[4]]
            case 4: [d[0], d[1], d[2], d[3], 0, 0, 0, 0, 0, d[4]]
            default: [d[0], d[1], d[2], d[3], d[4], 0, 0, 0, 0, d[5]]
            }
        return [system] + body + [check]
    }

    /// Weights 3 and 1 in turn from the digit before the check digit.
    private static func isChecked(_ digits: [Int]) -> Bool {
        let sum = digits.dropLast().reversed().enumerated().reduce(0) { $0 + $1.element * ($1.offset % 2 == 0 ? 3 : 1) }
        return (sum + (digits.last ?? 0)) % 10 == 0
    }
}
