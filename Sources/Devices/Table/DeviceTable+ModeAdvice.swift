package import USB

extension DeviceTable {
    /// Which setting to scan so that a scanner speaks a mode that tells everything, by the names that the makers' manuals use.
    /// Of a maker whose names are not known it says what the mode is, and of a model that is known to have no other mode that.
    package static func modeAdvice(for device: USBDevice) -> String {
        let number = UInt32(device.vendorID) << 16 | UInt32(device.productID)
        if keyboardChips.contains(number) {
            return "No other mode of it is known: keep its keyboard layout and the configuration's the same."
        }
        if entry(for: device)?.mode == .batch {
            return
                "It keeps what it reads to hand it over later, and no mode of it is known that does not: use another scanner."
        }
        return switch device.vendorID {
        case honeywell where ofMS7120.contains(device.productID):
            """
            Scan the setting for two-way USB serial from the manual of the MS7120 (its product number is 0720 then). No HID POS \
            mode of it is known.
            """
        case honeywell:
            """
            Scan "USB HID POS" from the scanner's manual: terminal ID 131 with the 1200g, 1202g, 1300g, 1450g, 1900, 3310g and \
            Xenon 1500, which have USB serial at 130.
            """
        case zebra:
            """
            Scan "SNAPI" or "USB CDC Host" from the USB host types of the scanner's manual. A cradle has settings of its own.
            """
        case datalogic: "Scan \"USB-COM\" from the interfaces of the scanner's manual."
        case newland: "Scan \"HID POS\" or the USB COM-port setting from the interfaces of the scanner's manual."
        default: "Scan the setting for USB HID POS, or for a USB COM port, from the scanner's manual."
        }
    }

    /// The modes of the MS7120 (usb.ids).
    private static let ofMS7120: Set<UInt16> = [0x0007, 0x0200, 0x0204, 0x0700, 0x0720]
}
