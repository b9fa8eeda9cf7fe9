extension DeviceTable {
    /// Companies that make scanners and whose numbers stand on little else with a HID interface (usb.ids).
    static let scannerMakers: [(vendor: UInt16, name: String)] = [
        (0x0536, "Hand Held Products"), (zebra, "Symbol and Zebra"), (datalogic, "Datalogic and PSC"),
        (0x065a, "Opticon"), (0x067e, "Intermec"), (honeywell, "Honeywell and Metrologic"), (0x0db5, "Access-IS"),
        (newland, "Newland"), (0x1fbb, "Cino"), (youjie, "Youjie"), (0x2745, "Unitech"),
    ]

    /// Companies all of whose HID devices are customer displays (usb.ids).
    static let displayMakers: [(vendor: UInt16, name: String)] = [(0x0fa8, "Logic Controls")]

    /// Displays that are given to the edge's group beside the listed ones, although no text dialect of theirs is known: IBM's
    /// LCD with a card reader, IEE's graphic display (usb.ids).
    static let grantedDisplays: [UInt32] = [0x04b3_4671, 0x073c_0450]

    /// What a rule over numbers makes a serial line, as udev's patterns over vendor and product.
    static let linePatterns = ["05f9:4*", "1eab:??06"]
}
