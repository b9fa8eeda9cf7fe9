/// Keys by their usages on page 07, named as on a US keyboard (HID Usage Tables, section 10).
enum WedgeKey {
    static let errors: ClosedRange<UInt8> = 0x01...0x03
    static let letters: ClosedRange<UInt8> = 0x04...0x1D
    /// "1" to "9", then "0".
    static let digits: ClosedRange<UInt8> = 0x1E...0x27
    static let enter: UInt8 = 0x28
    static let tab: UInt8 = 0x2B
    static let space: UInt8 = 0x2C
    static let closingBracket: UInt8 = 0x30
    static let semicolon: UInt8 = 0x33
    static let slash: UInt8 = 0x38
    static let capsLock: UInt8 = 0x39
    static let numLock: UInt8 = 0x53
    static let keypadEnter: UInt8 = 0x58
    /// "1" to "9" of the numeric keypad, then its "0".
    static let keypadDigits: ClosedRange<UInt8> = 0x59...0x62
    static let firstModifier: UInt8 = 0xE0

    /// The Linux key code of each usage, as the kernel's own keyboard driver has it (drivers/hid/hid-input.c); 0 for none.
    static let evdevCodes: [UInt8] = {
        var codes: [UInt8] = [
            0, 0, 0, 0, 30, 48, 46, 32, 18, 33, 34, 35, 23, 36, 37, 38, 50, 49, 24, 25, 16, 19, 31, 20, 22, 47, 17, 45,
            21, 44, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 28, 1, 14, 15, 57, 12, 13, 26, 27, 43, 43, 39, 40, 41, 51, 52, 53,
            58, 59, 60, 61, 62, 63, 64, 65, 66, 67, 68, 87, 88, 99, 70, 119, 110, 102, 104, 111, 107, 109, 106, 105,
            108, 103, 69, 98, 55, 74, 78, 96, 79, 80, 81, 75, 76, 77, 71, 72, 73, 82, 83, 86, 127,
        ]
        codes += [UInt8](repeating: 0, count: 256 - codes.count)
        // Keypad "=", and the keys that Japanese and Brazilian keyboards have more.
        codes[0x67] = 117
        codes[0x87] = 89
        codes[0x89] = 124
        codes.replaceSubrange(0xE0..<0xE8, with: [29, 42, 56, 125, 97, 54, 100, 126])
        return codes
    }()

    /// How far XKB's key codes lie above Linux's.
    static let xkbOffset: UInt32 = 8
}
