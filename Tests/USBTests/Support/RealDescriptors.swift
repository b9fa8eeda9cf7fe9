/// Descriptors of devices that exist.
enum RealDescriptors {
    /// Honeywell N5600 as an HID POS scanner, 0c2e:0967: rebuilt from the fields of a published `lsusb -v`.
    static let scanner = bytes(
        """
        09 02 29 00 01 01 03 A0 C8  09 04 00 00 02 03 00 00 04  09 21 10 01 00 01 22 90 00
        07 05 82 03 40 00 04  07 05 07 03 40 00 01
        """)

    /// The device descriptor of a Holtek keyboard, 04d9:1603, as umockdev captured it.
    static let keyboardDevice = bytes("12 01 10 01 00 00 00 08 D9 04 03 16 10 03 01 02 00 01")

    /// That keyboard's configuration: the keys, and a second interface for media keys.
    static let keyboard = bytes(
        """
        09 02 3B 00 02 01 00 A0 32  09 04 00 00 01 03 01 01 00  09 21 10 01 00 01 22 3E 00  07 05 81 03 08 00 0A
        09 04 01 00 01 03 00 00 00  09 21 10 01 00 01 22 65 00  07 05 82 03 08 00 0A
        """)

    private static func bytes(_ hex: String) -> [UInt8] {
        hex.split(whereSeparator: \.isWhitespace).compactMap { UInt8($0, radix: 16) }
    }
}
