/// What a control is for: a page and a number on it (HID 1.11, section 5.5).
package struct HIDUsage: RawRepresentable, Hashable, Comparable, Sendable, CustomStringConvertible {
    /// The page in the upper 16 bits, the number in the lower.
    package let rawValue: UInt32

    package init(rawValue: UInt32) {
        self.rawValue = rawValue
    }

    package init(page: UInt16, id: UInt16) {
        rawValue = UInt32(page) << 16 | UInt32(id)
    }

    package var page: UInt16 { UInt16(truncatingIfNeeded: rawValue >> 16) }
    package var id: UInt16 { UInt16(truncatingIfNeeded: rawValue) }

    /// Pages FF00 to FFFF mean what their vendor says (HID Usage Tables, section 3).
    package var isVendorDefined: Bool { page >= 0xFF00 }

    package static func < (left: HIDUsage, right: HIDUsage) -> Bool { left.rawValue < right.rawValue }

    /// Page and number in hexadecimal digits: "8c:fe".
    package var description: String {
        Self.hexadecimal(page) + ":" + Self.hexadecimal(id)
    }

    private static func hexadecimal(_ number: UInt16) -> String {
        let digits = String(number, radix: 16)
        return digits.count < 2 ? "0" + digits : digits
    }
}
