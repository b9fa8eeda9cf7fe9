import Devices

extension SerialRule {
    private static let keys = [
        "device", "chip", "dialect", "baud", "data_bits", "parity", "stop_bits", "terminator", "silence_ms",
        "identifier_is_sent",
    ]

    /// Reads an entry of `serial_scanners`: a device that is a scanner on a serial line.
    init(_ section: ConfigurationReader) throws {
        try section.allowOnly(Self.keys)
        guard let text = try section.string("device"), let device = DeviceSelector(text) else {
            throw section.mistake(
                "'\(section.place)' needs a device: a port path (1-4.2), vendor:product (0403:6001) or serial:NUMBER, as "
                    + "\"countertop debug list\" shows them.")
        }
        self.init(device: device, settings: try SerialSettings(section))
        carrier = try SerialCarrier.named(in: section)
    }
}

extension SerialCarrier {
    private static let chips: [(name: String, carrier: SerialCarrier)] = [
        ("cdc", .cdc), ("ftdi", .ftdi), ("pl2303", .pl2303), ("cp210x", .cp210x), ("ch34x", .ch34x),
    ]

    /// The chip that an entry names.
    static func named(in section: ConfigurationReader) throws -> SerialCarrier? {
        try section.value("chip", known: chips.map(\.name).joined(separator: ", ")) { text in
            chips.first { $0.name == text }?.carrier
        }
    }
}

extension SerialLineSettings {
    /// - Parameter other: what counts for what is not said.
    init(_ section: ConfigurationReader, else other: SerialLineSettings) throws {
        self = other
        baud = try section.integer("baud", in: 300...921_600).map(UInt32.init) ?? baud
        dataBits = try section.integer("data_bits", in: 7...8).map(UInt8.init) ?? dataBits
        stopBits = try section.integer("stop_bits", in: 1...2).map(UInt8.init) ?? stopBits
        parity =
            try section.value("parity", known: "none, odd or even") { text in
                Parity.allCases.first { "\($0)" == text }
            } ?? parity
    }
}

extension SerialSettings {
    init(_ section: ConfigurationReader) throws {
        self.init()
        line = try SerialLineSettings(section, else: line)
        dialect =
            try section.value("dialect", known: Self.list(Dialect.allCases.map(\.rawValue))) {
                Dialect(rawValue: $0)
            } ?? dialect
        terminator =
            try section.value("terminator", known: Self.list(Terminator.allCases.map(\.rawValue))) {
                Terminator(rawValue: $0)
            } ?? terminator
        silence = try section.integer("silence_ms", in: 10...10_000).map { .milliseconds($0) } ?? silence
        identifierIsSent = try section.flag("identifier_is_sent") ?? identifierIsSent
    }

    private static func list(_ words: [String]) -> String { "one of " + words.joined(separator: ", ") }
}
