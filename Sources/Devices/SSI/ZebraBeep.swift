/// Zebra's numbers for beeps, the same in SSI and SNAPI.
enum ZebraBeep {
    static let shortHigh: UInt8 = 0
    static let threeShortLow: UInt8 = 7
    static let longLow: UInt8 = 15
    static let none: UInt8 = 0xFF
}
