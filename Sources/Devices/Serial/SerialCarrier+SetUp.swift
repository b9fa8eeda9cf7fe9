import USB

extension SerialCarrier {
    /// What opens the line and raises DTR and RTS, since many scanners send nothing before.
    /// - Parameter interface: the number of the interface that takes the line's requests.
    func setUp(_ line: SerialLineSettings, interface: UInt8, of device: USBDevice) -> [SerialStep] {
        switch self {
        case .cdc: Self.lineCoding(line, interface: interface) + [Self.controlLines(interface: interface)]
        case .ftdi: FTDIChip.setUp(line, interface: interface, of: device)
        case .pl2303: PL2303Chip.setUp(line, interface: interface, of: device)
        case .cp210x: CP210xChip.setUp(line, interface: interface)
        case .ch34x: CH34xChip.setUp(line)
        // The kernel's driver opens the one-way mode with this byte, and clears the halt before.
        case .metrologicOneWay: [.clearHalt, .write([0x80])]
        case .metrologic: [.clearHalt]
        case .symbol, .opticon, .snapi: []
        }
    }

    /// SET_LINE_CODING (USB CDC PSTN 1.2, section 6.3.10). Scanners without a real line refuse it and work all the same.
    static func lineCoding(_ line: SerialLineSettings, interface: UInt8, isNeeded: Bool = false) -> [SerialStep] {
        let baud = line.baud
        let coding =
            [0, 8, 16, 24].map { UInt8(truncatingIfNeeded: baud >> $0) }
            + [line.stopBits == 2 ? 2 : 0, line.parity.rawValue, line.dataBits]
        let setup = USBSetup(requestType: 0x21, request: 0x20, value: 0, index: UInt16(interface), length: 7)
        return [.control(setup, data: coding, isNeeded: isNeeded)]
    }

    /// SET_CONTROL_LINE_STATE with DTR and RTS (USB CDC PSTN 1.2, section 6.3.12).
    static func controlLines(interface: UInt8) -> SerialStep {
        let setup = USBSetup(requestType: 0x21, request: 0x22, value: 0x0003, index: UInt16(interface), length: 0)
        return .control(setup, data: [], isNeeded: false)
    }
}
