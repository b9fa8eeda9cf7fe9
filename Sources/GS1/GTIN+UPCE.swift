extension GTIN {
    /// The number that a UPC-E stands for (GS1 General Specifications, section 5.2.2.4.2).
    ///
    /// - Parameter digits: in ASCII, as many as the scanner is set to send: number system 0 or 1, six digits and check digit;
    ///   the six alone, whose number system is 0; or seven, which are taken for what they can be, and for nothing when they
    ///   can be both.
    /// - Returns: `nil` for another length, another number system or a wrong check digit.
    package init?(upcE digits: some Collection<UInt8>) {
        let all = Array(digits)
        let zero = UInt8(ascii: "0")
        guard all.allSatisfy(\.isDigit) else { return nil }
        switch all.count {
        case 8: self.init(system: all[0], six: all[1...6], check: all[7])
        case 7:
            let withSystem = GTIN(system: all[0], six: all[1...6], check: nil)
            let withCheck = GTIN(system: zero, six: all[0...5], check: all[6])
            guard let only = withSystem ?? withCheck, withSystem == nil || withCheck == nil else { return nil }
            self = only
        case 6: self.init(system: zero, six: all[...], check: nil)
        default: return nil
        }
    }

    private init?(system: UInt8, six: ArraySlice<UInt8>, check: UInt8?) {
        guard system == UInt8(ascii: "0") || system == UInt8(ascii: "1") else { return nil }
        let d = Array(six)
        let zeros = [UInt8](repeating: UInt8(ascii: "0"), count: 5)
        let body =
            switch d[5] {
            case UInt8(ascii: "0")...UInt8(ascii: "2"): [d[0], d[1], d[5]] + zeros.prefix(4) + [d[2], d[3], d[4]]
            case UInt8(ascii: "3"): [d[0], d[1], d[2]] + zeros + [d[3], d[4]]
            case UInt8(ascii: "4"): [d[0], d[1], d[2], d[3]] + zeros + [d[4]]
            default: [d[0], d[1], d[2], d[3], d[4]] + zeros.prefix(4) + [d[5]]
            }
        let number = [system] + body
        self.init(digits: number + [check ?? CheckDigit.of(number)])
    }
}
