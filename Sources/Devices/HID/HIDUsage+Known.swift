/// The usages that this module looks for.
extension HIDUsage {
    /// Generic Desktop, "byte count": how many data bytes a buffered-bytes field holds.
    package static let byteCount = HIDUsage(page: 0x01, id: 0x3B)
    package static let keyboard = HIDUsage(page: 0x01, id: 0x06)
    package static let keypad = HIDUsage(page: 0x01, id: 0x07)
    /// Keyboard keys, modifiers included.
    package static let keyPage: UInt16 = 0x07

    /// Page 8C of the HID Point of Sale Usage Tables 1.02.
    package enum Scanner {
        package static let page: UInt16 = 0x8C
        /// Bar code scanner, dumb scanner, cordless base, cradle. 01 is a badge reader, and keyboards misuse 01 and 06.
        package static let applications: ClosedRange<UInt16> = 0x02...0x05
        package static let preventRead = HIDUsage(page: page, id: 0x5F)
        package static let initiateRead = HIDUsage(page: page, id: 0x60)
        package static let errorBeep = HIDUsage(page: page, id: 0x85)
        package static let goodReadBeep = HIDUsage(page: page, id: 0x86)
        package static let notOnFileBeep = HIDUsage(page: page, id: 0x87)
        /// The three bytes of the symbology identifier.
        package static let symbology = [0xFB, 0xFC, 0xFD].map { HIDUsage(page: page, id: $0) }
        package static let decodedData = HIDUsage(page: page, id: 0xFE)
        package static let dataContinued = HIDUsage(page: page, id: 0xFF)
    }

    /// Page 14, alphanumeric displays, of the HID Usage Tables.
    package enum Display {
        package static let page: UInt16 = 0x14
        package static let display = HIDUsage(page: page, id: 0x01)
        package static let attributesReport = HIDUsage(page: page, id: 0x20)
        package static let asciiSet = HIDUsage(page: page, id: 0x21)
        package static let controlReport = HIDUsage(page: page, id: 0x24)
        package static let clear = HIDUsage(page: page, id: 0x25)
        package static let enable = HIDUsage(page: page, id: 0x26)
        package static let characterReport = HIDUsage(page: page, id: 0x2B)
        package static let data = HIDUsage(page: page, id: 0x2C)
        package static let cursorReport = HIDUsage(page: page, id: 0x32)
        package static let row = HIDUsage(page: page, id: 0x33)
        package static let column = HIDUsage(page: page, id: 0x34)
        package static let rows = HIDUsage(page: page, id: 0x35)
        package static let columns = HIDUsage(page: page, id: 0x36)
        package static let cursorEnable = HIDUsage(page: page, id: 0x39)
        package static let brightness = HIDUsage(page: page, id: 0x46)
    }
}
