import USB

/// The requests of HID 1.11, sections 7.1 and 7.2.
extension USBSetup {
    static func reportDescriptor(interface: UInt8, length: UInt16) -> USBSetup {
        USBSetup(requestType: 0x81, request: 0x06, value: 0x2200, index: UInt16(interface), length: length)
    }

    static func getReport(_ key: HIDReport.Key, interface: UInt8, length: Int) -> USBSetup {
        USBSetup(
            requestType: 0xA1, request: 0x01, value: key.requestValue, index: UInt16(interface),
            length: UInt16(clamping: length))
    }

    static func setReport(_ report: HIDOutgoingReport, interface: UInt8) -> USBSetup {
        USBSetup(
            requestType: 0x21, request: 0x09, value: report.requestValue, index: UInt16(interface),
            length: UInt16(clamping: report.bytes.count))
    }

    /// A report comes only when something changed. Keyboards repeat theirs every 500 ms until they are told so.
    static func setIdle(interface: UInt8) -> USBSetup {
        USBSetup(requestType: 0x21, request: 0x0A, value: 0, index: UInt16(interface), length: 0)
    }

    /// Reports as the descriptor says, and not the boot protocol that firmware may have left on.
    static func setReportProtocol(interface: UInt8) -> USBSetup {
        USBSetup(requestType: 0x21, request: 0x0B, value: 1, index: UInt16(interface), length: 0)
    }
}
