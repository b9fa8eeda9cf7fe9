import USB

/// One thing to do with a device before its line is read.
enum SerialStep: Sendable, Equatable {
    /// A control transfer.
    /// - Parameter isNeeded: whether the line may be set wrongly when the device refuses it.
    case control(USBSetup, data: [UInt8], isNeeded: Bool)
    /// Bytes for the line's OUT endpoint.
    case write([UInt8])
    /// Ends a halt of the line's IN endpoint and begins its toggle anew.
    case clearHalt

    static func vendor(_ request: UInt8, value: UInt16, index: UInt16 = 0, isNeeded: Bool = true) -> SerialStep {
        .control(
            USBSetup(requestType: 0x40, request: request, value: value, index: index, length: 0), data: [],
            isNeeded: isNeeded)
    }

    static func vendorRead(_ request: UInt8, value: UInt16, index: UInt16 = 0, length: UInt16) -> SerialStep {
        .control(
            USBSetup(requestType: 0xC0, request: request, value: value, index: index, length: length), data: [],
            isNeeded: false)
    }
}
