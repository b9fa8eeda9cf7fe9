import USB

/// The requests of FTDI's chips (Linux, drivers/usb/serial/ftdi_sio.c).
enum FTDIChip {
    static func setUp(_ line: SerialLineSettings, interface: UInt8, of device: USBDevice) -> [SerialStep] {
        // Chips of several lines count them from 1; those of one take 0.
        let isMultiple = device.configuration.interfaces.count { $0.alternateSetting == 0 } > 1
        let port: UInt16 = isMultiple ? UInt16(interface) + 1 : 0
        let (value, high) = divisor(baud: line.baud)
        // The upper bits of the divisor stand beside the line's number where there is one.
        let index = isMultiple ? high << 8 | port : high
        let shape =
            UInt16(line.dataBits) | UInt16(line.parity.rawValue) << 8 | UInt16(line.stopBits == 2 ? 2 : 0) << 11
        return [
            .vendor(0x00, value: 0, index: port, isNeeded: false),
            .vendor(0x03, value: value, index: index),
            .vendor(0x04, value: shape, index: port),
            .vendor(0x02, value: 0, index: port),
            .vendor(0x01, value: 0x0303, index: port),
            .vendor(0x09, value: 16, index: port, isNeeded: false),
        ]
    }

    /// The divisor of the chip's 3 MHz, with eighths in a code of their own.
    static func divisor(baud: UInt32) -> (low: UInt16, high: UInt16) {
        let eighths = [UInt32(0), 3, 2, 4, 1, 5, 6, 7]
        let wanted = 2 * max(baud, 184)
        let times8 = (48_000_000 + wanted / 2) / wanted
        var divisor = times8 >> 3 | eighths[Int(times8 & 7)] << 14
        // The two highest speeds have values of their own.
        if divisor == 1 { divisor = 0 } else if divisor == 0x4001 { divisor = 1 }
        return (UInt16(truncatingIfNeeded: divisor), UInt16(truncatingIfNeeded: divisor >> 16))
    }
}
