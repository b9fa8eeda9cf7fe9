import USB

/// The requests of Silicon Labs' CP210x (AN571; Linux, drivers/usb/serial/cp210x.c).
enum CP210xChip {
    static func setUp(_ line: SerialLineSettings, interface: UInt8) -> [SerialStep] {
        let shape = UInt16(line.dataBits) << 8 | UInt16(line.parity.rawValue) << 4 | (line.stopBits == 2 ? 2 : 0)
        let baud = [0, 8, 16, 24].map { UInt8(truncatingIfNeeded: line.baud >> $0) }
        return [
            request(0x00, value: 1, interface), request(0x1E, value: 0, interface, data: baud),
            request(0x03, value: shape, interface), request(0x07, value: 0x0303, interface),
        ]
    }

    private static func request(_ request: UInt8, value: UInt16, _ interface: UInt8, data: [UInt8] = []) -> SerialStep {
        let setup = USBSetup(
            requestType: 0x41, request: request, value: value, index: UInt16(interface), length: UInt16(data.count))
        return .control(setup, data: data, isNeeded: true)
    }
}
