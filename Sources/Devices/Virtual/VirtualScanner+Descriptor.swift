extension VirtualScanner {
    /// The report descriptor of a real scanner, as a public parser has it for an example (org.blom.martin.usb). Its layout
    /// is that of Honeywell and Access-IS.
    package static let reportDescriptor: [UInt8] = [
        0x05, 0x8C,  // Usage Page (Bar Code Scanner)
        0x09, 0x02,  // Usage (Bar Code Scanner)
        0xA1, 0x01,  // Collection (Application)
        0x09, 0x12,  //   Usage (Scanned Data Report)
        0xA1, 0x02,  //   Collection (Logical)
        0x85, 0x02,  //     Report ID (2)
        0x15, 0x00,  //     Logical Minimum (0)
        0x26, 0xFF, 0x00,  // Logical Maximum (255)
        0x75, 0x08,  //     Report Size (8)
        0x95, 0x01,  //     Report Count (1)
        0x05, 0x01,  //     Usage Page (Generic Desktop)
        0x09, 0x3B,  //     Usage (Byte Count)
        0x81, 0x02,  //     Input (Data, Variable)
        0x95, 0x03,  //     Report Count (3)
        0x05, 0x8C,  //     Usage Page (Bar Code Scanner)
        0x09, 0xFB, 0x09, 0xFC, 0x09, 0xFD,  // Usage (Symbology Identifier 1, 2, 3)
        0x81, 0x02,  //     Input (Data, Variable)
        0x95, 0x38,  //     Report Count (56)
        0x09, 0xFE,  //     Usage (Decoded Data)
        0x82, 0x02, 0x02,  // Input (Data, Variable, Buffered Bytes)
        0x06, 0x66, 0xFF,  // Usage Page (vendor's own)
        0x95, 0x02,  //     Report Count (2)
        0x09, 0x00, 0x09, 0x00,  // Usage (0), twice
        0x81, 0x02,  //     Input (Data, Variable)
        0x05, 0x8C,  //     Usage Page (Bar Code Scanner)
        0x25, 0x01,  //     Logical Maximum (1)
        0x75, 0x01,  //     Report Size (1)
        0x95, 0x08,  //     Report Count (8)
        0x09, 0xFF,  //     Usage (Decode Data Continued)
        0x81, 0x02,  //     Input (Data, Variable)
        0xC0,  //         End Collection
        0x09, 0x14,  //   Usage (Trigger Report)
        0xA1, 0x02,  //   Collection (Logical)
        0x85, 0x04,  //     Report ID (4)
        0x15, 0x00, 0x25, 0x01,  // Logical Minimum (0), Maximum (1)
        0x75, 0x01, 0x95, 0x08,  // Report Size (1), Count (8)
        0x09, 0x5F, 0x09, 0x60,  // Usage (Prevent Read, Initiate Read)
        0x09, 0x85, 0x09, 0x86,  // Usage (Error Beep, Good-read Beep)
        0x91, 0x86,  //     Output (Data, Variable, Relative, Volatile)
        0xC0,  //         End Collection
        0x06, 0xFF, 0xFF,  // Usage Page (vendor's own)
        0x09, 0x01,  //   Usage (1)
        0xA1, 0x02,  //   Collection (Logical)
        0x85, 0xF0,  //     Report ID (240)
        0x15, 0x00, 0x26, 0xFF, 0x00,  // Logical Minimum (0), Maximum (255)
        0x75, 0x08, 0x95, 0x3F,  // Report Size (8), Count (63)
        0x09, 0x02,  //     Usage (2)
        0x82, 0x02, 0x02,  // Input (Data, Variable, Buffered Bytes)
        0x95, 0x3F,  //     Report Count (63)
        0x09, 0x03,  //     Usage (3)
        0x92, 0x02, 0x02,  // Output (Data, Variable, Buffered Bytes)
        0xC0,  //         End Collection
        0xC0,  //       End Collection
    ]
}
