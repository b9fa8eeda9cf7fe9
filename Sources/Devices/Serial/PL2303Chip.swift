import USB

/// The requests of Prolific's PL2303 (Linux, drivers/usb/serial/pl2303.c). Registers are written as that driver writes them;
/// what they mean is Prolific's secret. Newer chips refuse some, and work all the same.
enum PL2303Chip {
    static func setUp(_ line: SerialLineSettings, interface: UInt8, of device: USBDevice) -> [SerialStep] {
        // The oldest chips say that the whole device is a modem.
        let isOldest = device.deviceClass == 2
        var steps: [SerialStep] = [
            read(0x8484), write(0x0404, 0), read(0x8484), read(0x8383), read(0x8484), write(0x0404, 1), read(0x8484),
            read(0x8383), write(0, 1), write(1, 0), write(2, isOldest ? 0x24 : 0x44),
        ]
        // Begins the pipes anew.
        if !isOldest { steps += [write(8, 0), write(9, 0)] }
        steps += SerialCarrier.lineCoding(line, interface: interface, isNeeded: true)
        return steps + [SerialCarrier.controlLines(interface: interface)]
    }

    private static func read(_ register: UInt16) -> SerialStep { .vendorRead(0x01, value: register, length: 1) }

    private static func write(_ register: UInt16, _ value: UInt16) -> SerialStep {
        .vendor(0x01, value: register, index: value, isNeeded: false)
    }
}
