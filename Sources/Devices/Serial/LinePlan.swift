import USB

/// How the line of a scanner is reached: what is claimed, read and written, what carries the bytes, and how they are meant.
struct LinePlan: Sendable {
    let carrier: SerialCarrier
    let settings: SerialSettings
    /// The interface with the endpoints.
    let interface: USBInterface
    /// The interface that takes the line's requests.
    let control: USBInterface
    let input: USBEndpoint
    /// `nil` for lines that are written by control transfers, or not at all.
    let output: USBEndpoint?

    /// - Returns: `nil` for what is no scanner on a line, as far as configuration and device table know, and for devices that
    ///   lack the endpoints of one.
    init?(_ device: USBDevice, _ configuration: DeviceConfiguration) {
        let rule = configuration.serialRule(for: device)
        guard rule != nil || DeviceTable.isKnownScanner(device) else { return nil }
        let interfaces = device.configuration.interfaces.filter { $0.alternateSetting == 0 }
        let named = rule?.carrier ?? DeviceTable.carrier(of: device) ?? DeviceTable.bridge(of: device)
        // A scanner with HID reports beside a line is read by its reports, unless it is known to be read by the line.
        let isLine =
            rule != nil || DeviceTable.entry(for: device)?.mode == .serial || !interfaces.contains(where: \.isHID)
        guard let carrier = named ?? (isLine && Self.hasCDC(interfaces) ? .cdc : nil),
            let ends = Self.ends(carrier, interfaces)
        else { return nil }
        self.carrier = carrier
        settings = rule?.settings ?? DeviceTable.serialSettings(of: device)
        (interface, control, input, output) = ends
    }

    /// The line of a display.
    /// - Returns: `nil` for a device that lacks the endpoints of a line that can be written to.
    init?(_ device: USBDevice, _ rule: DisplayRule) {
        let interfaces = device.configuration.interfaces.filter { $0.alternateSetting == 0 }
        let named = rule.carrier ?? DeviceTable.bridge(of: device)
        guard let carrier = named ?? (Self.hasCDC(interfaces) ? .cdc : nil),
            let ends = Self.ends(carrier, interfaces), ends.output != nil
        else { return nil }
        self.carrier = carrier
        var settings = SerialSettings()
        settings.line = rule.line
        self.settings = settings
        (interface, control, input, output) = ends
    }

    private static func ends(
        _ carrier: SerialCarrier, _ interfaces: [USBInterface]
    ) -> (interface: USBInterface, control: USBInterface, input: USBEndpoint, output: USBEndpoint?)? {
        let kind: USBEndpoint.Kind =
            switch carrier {
            case .symbol, .snapi, .metrologic, .metrologicOneWay: .interrupt
            case .cdc, .ftdi, .pl2303, .cp210x, .ch34x, .opticon: .bulk
            }
        let candidates =
            switch carrier {
            case .cdc: interfaces.filter { $0.interfaceClass == 0x0A }
            case .symbol, .snapi: interfaces.filter(\.isHID)
            default: interfaces
            }
        for interface in candidates {
            guard let input = interface.endpoints.first(where: { $0.isIn && $0.kind == kind && $0.packetBytesMax > 0 })
            else { continue }
            let output = interface.endpoints.first { !$0.isIn && $0.kind == kind && $0.packetBytesMax > 0 }
            let control = carrier == .cdc ? interfaces.first(where: \.isCDCControl) ?? interface : interface
            return (interface, control, input, output)
        }
        return nil
    }

    /// A communications interface of the abstract control model, and one with its data.
    private static func hasCDC(_ interfaces: [USBInterface]) -> Bool {
        interfaces.contains(where: \.isCDCControl) && interfaces.contains { $0.interfaceClass == 0x0A }
    }

    /// How bytes get onto the line.
    enum Writing: Sendable, Equatable {
        case endpoint(UInt8)
        case control(USBSetup)
        case impossible
    }

    func writing(_ bytes: [UInt8]) -> Writing {
        if let output { return .endpoint(output.address) }
        let (index, length) = (UInt16(interface.number), UInt16(clamping: bytes.count))
        return switch carrier {
        // Linux, drivers/usb/serial/opticon.c.
        case .opticon:
            .control(USBSetup(requestType: 0x41, request: 0x01, value: 0, index: index, length: length))
        // SET_REPORT of an output report (HID 1.11, section 7.2.2).
        case .snapi:
            .control(
                USBSetup(
                    requestType: 0x21, request: 0x09, value: 0x0200 | UInt16(bytes.first ?? 0), index: index,
                    length: length))
        default: .impossible
        }
    }

    /// What reads the line.
    func dialect(limits: SerialLimits = .standard) -> any ScannerDialect {
        switch (carrier, settings.dialect) {
        case (.snapi, _): SNAPIDialect(limits: limits)
        case (_, .ssi): SSIDialect(limits: limits)
        default: TextDialect(settings: settings, limits: limits)
        }
    }

    /// For people: "CDC serial, 9600 8N1", "SSI over CDC serial".
    var mode: String {
        let carried = settings.dialect == .ssi && carrier != .snapi ? "SSI over \(carrier.rawValue)" : carrier.rawValue
        return carrier.isBridge ? "\(carried), \(settings.line.description)" : carried
    }

    /// What its interfaces are for, for people.
    var usage: String { carrier == .snapi ? "SNAPI scanner" : "serial line" }

    func uses(_ interface: USBInterface) -> Bool { interfaces.contains(interface) }

    /// What is claimed, in this order.
    var interfaces: [USBInterface] { control == interface ? [interface] : [control, interface] }

    /// Whether a device that nobody has named may be a serial line.
    static func mayBeLine(_ device: USBDevice) -> Bool {
        let interfaces = device.configuration.interfaces.filter { $0.alternateSetting == 0 }
        return DeviceTable.bridge(of: device) != nil || hasCDC(interfaces)
    }
}

extension USBInterface {
    /// Communications class, abstract control model (USB CDC 1.2, section 4.3).
    var isCDCControl: Bool { interfaceClass == 0x02 && interfaceSubclass == 0x02 }
}
