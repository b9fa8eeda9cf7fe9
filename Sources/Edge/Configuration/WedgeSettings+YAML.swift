import Devices

extension KeyboardRule {
    /// Reads an entry of `keyboards`: a keyboard that is a scanner.
    init(_ section: ConfigurationReader) throws {
        guard let text = try section.string("device"), let device = DeviceSelector(text) else {
            throw section.mistake(
                "'\(section.place)' needs a device: a port path (1-4.2), vendor:product (04d9:1603) or serial:NUMBER, as "
                    + "\"countertop debug list\" shows them.")
        }
        self.init(device: device, wedge: try WedgeSettings(section, device: true))
    }
}

extension WedgeSettings {
    /// - Parameter device: whether the section also names a device.
    init(_ section: ConfigurationReader, device: Bool) throws {
        let keys = ["layout", "variant", "alt_codes", "silence_ms", "identifier_is_sent", "ctrl_bracket_is_gs"]
        try section.allowOnly(device ? ["device"] + keys : keys)
        self.init()
        layout = try section.string("layout") ?? layout
        variant = try section.string("variant") ?? variant
        do {
            try checkLayout()
        } catch {
            throw section.mistake(error.message, atValueOf: variant.isEmpty ? "layout" : "variant")
        }
        altCodes =
            try section.value("alt_codes", known: "code_page, unicode or utf8_integer") { text in
                switch text {
                case "code_page": .codePage
                case "unicode": .unicode
                case "utf8_integer": .utf8Integer
                default: nil
                }
            } ?? altCodes
        silence = try section.integer("silence_ms", in: 10...10_000).map { .milliseconds($0) } ?? silence
        identifierIsSent = try section.flag("identifier_is_sent") ?? identifierIsSent
        ctrlBracketIsGS = try section.flag("ctrl_bracket_is_gs") ?? ctrlBracketIsGS
    }
}

extension DisplaySize {
    init(_ section: ConfigurationReader) throws {
        let rows = try section.integer("rows", in: DisplayLimits.rows) ?? DisplaySize.standard.rows
        let columns = try section.integer("columns", in: DisplayLimits.columns) ?? DisplaySize.standard.columns
        guard let size = DisplaySize(rows: rows, columns: columns) else {
            throw section.mistake("'\(section.place)' is no size a display has.")
        }
        self = size
    }
}
