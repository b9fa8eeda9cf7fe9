import USB

/// The requests of WCH's CH340 and CH341 (Linux, drivers/usb/serial/ch341.c).
enum CH34xChip {
    static func setUp(_ line: SerialLineSettings) -> [SerialStep] {
        // Receiver and transmitter on.
        var shape: UInt16 = 0xC0 | UInt16(line.dataBits - 5)
        switch line.parity {
        case .none: break
        case .odd: shape |= 0x08
        case .even: shape |= 0x18
        }
        if line.stopBits == 2 { shape |= 0x04 }
        return [
            .vendorRead(0x5F, value: 0, length: 2),
            .vendor(0xA1, value: 0),
            .vendor(0x9A, value: 0x1312, index: divisor(baud: line.baud) | 0x80),
            .vendor(0x9A, value: 0x2518, index: shape),
            // DTR and RTS, inverted.
            .vendor(0xA4, value: ~0x0060),
        ]
    }

    /// Divisor and prescaler of the chip's 48 MHz. Bit 7, which is no part of it, has a CH341A send on what it has without
    /// waiting for a full packet.
    static func divisor(baud: UInt32) -> UInt16 {
        let clock = 48_000_000
        let speed = min(max(Int(baud), 46), 3_000_000)
        // The smallest prescaler whose divisor still fits into a byte.
        var factor = 1
        let prescaler = (0...3).reversed().first { speed > (clock + minimum($0) - 1) / minimum($0) } ?? 0
        var step = 1 << (12 - 3 * prescaler - factor)
        var count = clock / (step * speed)
        if count < 9 || count > 255 {
            count /= 2
            step *= 2
            factor = 0
        }
        // The nearer of two divisors.
        if 16 * clock / (step * count) - 16 * speed >= 16 * speed - 16 * clock / (step * (count + 1)) { count += 1 }
        if factor == 1, count % 2 == 0 {
            count /= 2
            factor = 0
        }
        return UInt16(0x100 - count) << 8 | UInt16(factor) << 2 | UInt16(prescaler)
    }

    /// What the slowest speed of a prescaler divides the clock by.
    private static func minimum(_ prescaler: Int) -> Int { (1 << (12 - 3 * prescaler - 1)) * 512 }
}
