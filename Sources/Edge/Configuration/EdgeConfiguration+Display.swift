import Devices
import Systems

extension EdgeConfiguration {
    /// How long the address for self-enrolment may be, in characters: as much as a small QR code and a display take.
    private static let enrolmentAddressMax = 80

    /// Reads what stands under `display`.
    mutating func apply(display section: ConfigurationReader) throws {
        try section.allowOnly([
            "rows", "columns", "language", "greet_in", "enrolment_address", "texts", "translations", "styles",
        ])
        devices.displaySize = try DisplaySize(section)
        let known = DisplayLanguage.all.map(\.code).joined(separator: ", ")
        language =
            try section.value("language", known: "one of \(known)") { DisplayLanguage.named($0) } ?? language
        greetsInCustomersLanguage =
            try section.value("greet_in", known: "store or customer") {
                ["store": false, "customer": true][$0]
            } ?? greetsInCustomersLanguage
        if let address = try section.string("enrolment_address") {
            guard (1...Self.enrolmentAddressMax).contains(address.count) else {
                throw section.mistake(
                    "'\(section.place).enrolment_address' must have 1 to \(Self.enrolmentAddressMax) characters.",
                    atValueOf: "enrolment_address")
            }
            enrolmentAddress = address
        }
        if let texts = try section.section("texts") { ownTexts = try Self.texts(texts) }
        if let styles = try section.section("styles") { displayStyles = try Self.styles(styles) }
        guard let translations = try section.section("translations") else { return }
        try translations.allowOnly(DisplayLanguage.all.map(\.code).filter { $0 != language.code })
        for code in translations.keys {
            ownTextsElsewhere[code] = try translations.section(code).map { try Self.texts($0) }
        }
    }

    /// The store's own words for the moments that are named.
    private static func texts(_ section: ConfigurationReader) throws -> [DisplayMoment: [String]] {
        try section.allowOnly(DisplayMoment.allCases.map(\.rawValue))
        var own: [DisplayMoment: [String]] = [:]
        for moment in DisplayMoment.allCases {
            own[moment] = try section.list(moment.rawValue) { line throws(ListFault) in
                try DisplayText.checked(line, of: moment)
            }
        }
        return own
    }

    /// How the moments that are named are shown. Bonuses and discount have no screen of their own.
    private static func styles(_ section: ConfigurationReader) throws -> [DisplayMoment: DisplayStyle] {
        let moments = DisplayMoment.allCases.filter { $0 != .bonuses && $0 != .discount }
        try section.allowOnly(moments.map(\.rawValue))
        var styles: [DisplayMoment: DisplayStyle] = [:]
        for moment in moments {
            styles[moment] = try section.section(moment.rawValue).map { try DisplayStyle($0, of: moment) }
        }
        return styles
    }

    /// What the store's displays say.
    package var displayText: DisplayText {
        var text = DisplayText(store: store.name, language: language, own: ownTexts)
        text.ownElsewhere = ownTextsElsewhere
        text.greetsInCustomersLanguage = greetsInCustomersLanguage
        text.enrolmentAddress = selfEnrolmentAddress
        text.styles = displayStyles
        return text
    }

    /// Where customers become members by themselves: the store's own address, else that of the first system whose customers do.
    /// Empty for none.
    private var selfEnrolmentAddress: String {
        guard enrolmentAddress.isEmpty else { return enrolmentAddress }
        for settings in systems where settings.isEnabled {
            guard let kind = ConnectorKinds.named(settings.kind), let connector = try? kind.init(settings, .nobody),
                case .bySelf(let url) = connector.enrolment
            else { continue }
            return url
        }
        return ""
    }
}

extension DisplayText {
    /// A line of the configuration, with no name in braces that its moment does not have.
    static func checked(_ line: String, of moment: DisplayMoment) throws(ListFault) -> String {
        if let stranger = strangers(in: line, of: moment).first {
            let known = placeholders(of: moment).map { "{\($0)}" }.joined(separator: ", ")
            throw ListFault(words: "'{\(stranger)}' cannot stand in \(moment.rawValue). It may have \(known).")
        }
        return line
    }
}
