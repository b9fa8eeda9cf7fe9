/// The keys that change others, in the order of a boot keyboard's first byte (HID 1.11, section 8.3).
struct WedgeModifiers: OptionSet, Sendable, Hashable {
    let rawValue: UInt8

    static let leftControl = WedgeModifiers(rawValue: 0x01)
    static let leftShift = WedgeModifiers(rawValue: 0x02)
    static let leftAlt = WedgeModifiers(rawValue: 0x04)
    static let leftGUI = WedgeModifiers(rawValue: 0x08)
    static let rightControl = WedgeModifiers(rawValue: 0x10)
    static let rightShift = WedgeModifiers(rawValue: 0x20)
    /// AltGr.
    static let rightAlt = WedgeModifiers(rawValue: 0x40)
    static let rightGUI = WedgeModifiers(rawValue: 0x80)

    static let controls: WedgeModifiers = [.leftControl, .rightControl]
}
