extension HIDUsage {
    /// The name of a usage that scanners and displays use; `nil` for others.
    package var name: String? { Self.names[rawValue] }

    private static let names: [UInt32: String] = [
        0x01_003B: "byte count",
        // HID Point of Sale Usage Tables 1.02, page 8C.
        0x8C_0057: "bar code present", 0x8C_005A: "laser state", 0x8C_005F: "prevent read", 0x8C_0060: "initiate read",
        0x8C_0061: "trigger state", 0x8C_006F: "parameters changed", 0x8C_0075: "in cradle", 0x8C_0076: "in range",
        0x8C_0085: "error beep", 0x8C_0086: "good-read beep", 0x8C_0087: "not-on-file beep",
        0x8C_00FB: "symbology 1", 0x8C_00FC: "symbology 2", 0x8C_00FD: "symbology 3", 0x8C_00FE: "decoded data",
        0x8C_00FF: "data continued", 0x8C_0100: "bar-space data",
        // HID Usage Tables, page 14.
        0x14_0021: "ASCII set", 0x14_0025: "clear display", 0x14_0026: "display enable", 0x14_002C: "display data",
        0x14_002D: "display status", 0x14_0033: "row", 0x14_0034: "column", 0x14_0035: "rows", 0x14_0036: "columns",
    ]
}
