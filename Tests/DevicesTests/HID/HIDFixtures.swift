@testable import Devices

/// Report descriptors that tests share.
enum HIDFixtures {
    /// A real scanner's, 127 bytes: the example "Barcode scanner" of a public Java parser (org.blom.martin.usb). Its layout is
    /// that of Honeywell and Access-IS.
    static let scanner = bytes(
        """
        058C0902A1010912A1028502150026FF00750895010501093B81029503058C09FB09FC09FD8102953809FE820202
        0666FF9502090009008102058C25017501950809FF8102C00914A10285041500250175019508095F096009850986
        9186C006FFFF0901A10285F0150026FF007508953F0902820202953F0903920202C0C0
        """)

    /// The HID POS scanner of the USB lab.
    static let labScanner = bytes(
        """
        058c0902a1018502150026ff00750895010501093b81029503058c09fb09fc09fd8102953809fe8202019501150025
        01750109ff810275078103c0
        """)

    /// The keyboard wedge of the USB lab: a boot keyboard.
    static let labKeyboard = bytes(
        """
        05010906a101050719e029e7150025017501950881029501750881039505750105081901290591029501750391039506750815002565
        0507190029658100c0
        """)

    /// The private channel of a keyboard, which misuses the scanners' page (usage 01, 64 bytes each way).
    static let falseFriend = bytes("058c0901a101150026ff00750895400902810209039102c0")

    /// A scanner's collection without decoded data.
    static let scannerWithoutData = bytes("058c0902a10109fb150026ff00750895038102c0")

    static let all = [scanner, labScanner, labKeyboard, falseFriend, scannerWithoutData]

    /// Bytes written in hexadecimal digits; white space does not count.
    static func bytes(_ text: String) -> [UInt8] {
        let digits = text.compactMap(\.hexDigitValue)
        return stride(from: 0, to: digits.count - 1, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
    }

    static func descriptor(_ text: String) throws -> HIDReportDescriptor {
        try HIDReportDescriptor(bytes(text))
    }
}

/// Random numbers that a seed repeats (splitmix64).
struct HIDRandomSource: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var word = state
        word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
        word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
        return word ^ (word >> 31)
    }
}
