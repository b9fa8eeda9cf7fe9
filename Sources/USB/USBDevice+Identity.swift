extension USBDevice {
    /// Vendor and product number as every tool writes them: "0c2e:0b61".
    public var identity: String {
        Self.hexadecimal(vendorID) + ":" + Self.hexadecimal(productID)
    }

    private static func hexadecimal(_ number: UInt16) -> String {
        let digits = String(number, radix: 16)
        return String(repeating: "0", count: 4 - digits.count) + digits
    }
}
