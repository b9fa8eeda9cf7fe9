/// The check digit that ends GS1's numbers (GS1 General Specifications, section 7.9.1).
package enum CheckDigit {
    /// Whether the last digit checks the ones before it: weights 3 and 1 in turn from the digit before it.
    ///
    /// - Parameter digits: ASCII digits.
    package static func holds(_ digits: some Collection<UInt8>) -> Bool {
        var sum = 0
        var weight = digits.count.isMultiple(of: 2) ? 3 : 1
        for digit in digits {
            sum += Int(digit & 15) * weight
            weight = 4 - weight
        }
        return sum.isMultiple(of: 10)
    }

    /// The digit that checks the digits before it.
    package static func of(_ body: [UInt8]) -> UInt8 {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).first { holds(body + [$0]) } ?? UInt8(ascii: "0")
    }
}
