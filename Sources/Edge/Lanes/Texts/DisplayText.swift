import Customers
import Devices
import Systems

/// What a store's customer displays say. A text holds at most the customer's first name: never a phone number, a card or a
/// family name.
package struct DisplayText: Sendable {
    let store: String
    let language: DisplayLanguage
    /// The store's own words in ``language``, where it has some.
    let own: [DisplayMoment: [String]]
    /// The store's own words in other languages, by their codes.
    var ownElsewhere: [String: [DisplayMoment: [String]]] = [:]
    /// Whether customers are greeted and thanked in their own language, where they have one that is known here.
    var greetsInCustomersLanguage = false
    /// Where customers become members by themselves; empty for nowhere.
    var enrolmentAddress = ""
    /// How the moments' texts are shown, in every language.
    var styles: [DisplayMoment: DisplayStyle] = [:]

    package init(
        store: String, language: DisplayLanguage = .english, own: [DisplayMoment: [String]] = [:]
    ) {
        self.store = store
        self.language = language
        self.own = own
    }

    /// The names that may stand in braces in a moment's lines.
    package static func placeholders(of moment: DisplayMoment) -> [String] {
        switch moment {
        case .greeting: ["store", "first_name", "loyalty"]
        case .welcome: ["store", "loyalty"]
        case .enrolmentAsked: ["store", "word"]
        case .bonuses: ["bonuses"]
        case .discount: ["discount"]
        case .selfEnrolment, .unknownCode: ["store", "enrolment_address"]
        default: ["store"]
        }
    }

    /// The names in braces that a moment's line may not have.
    package static func strangers(in line: String, of moment: DisplayMoment) -> [String] {
        let known = placeholders(of: moment)
        return line.split(separator: "{", omittingEmptySubsequences: false).dropFirst()
            .map { String($0.prefix { $0 != "}" }) }.filter { !known.contains($0) }
    }

    var idle: DisplayScreen { screen(.idle) }
    var ready: DisplayScreen { screen(.ready) }
    var brightness: DisplayScreen { screen(.brightness) }
    var oneMoment: DisplayScreen { screen(.oneMoment) }
    var unknownCode: DisplayScreen { screen(.unknownCode) }
    var askPhone: DisplayScreen { screen(.askPhone) }
    var paymentCard: DisplayScreen { screen(.paymentCard) }
    func thanks(_ customer: Customer) -> DisplayScreen { screen(.thanks, in: spoken(to: customer)) }

    var enrolmentHint: DisplayScreen { screen(.enrolmentHint) }

    /// What the customer sees of an enrolment; `nil` while what stands there shall stay.
    func enrolment(_ state: Enrolment.State, word: String) -> DisplayScreen? {
        switch state {
        case .starting: oneMoment
        case .waiting: screen(.enrolmentAsked, ["word": word])
        case .slowedDown, .unreachable: nil
        case .agreed, .choose: oneMoment
        case .done: screen(.enrolmentDone)
        case .expired, .denied, .appTooOld, .noAccount, .tooMany, .cancelled, .failed: screen(.enrolmentEnded)
        }
    }

    func greeting(_ customer: Customer) -> DisplayScreen {
        let spoken = spoken(to: customer)
        let values = ["first_name": customer.firstName, "loyalty": loyalty(customer.loyalty, in: spoken)]
        return screen(customer.firstName.isEmpty ? .welcome : .greeting, values, in: spoken)
    }

    /// What a customer reads whose sale has changed the bonuses.
    func bonuses(_ customer: Customer) -> DisplayScreen {
        let spoken = spoken(to: customer)
        return [thanks(customer).lines.first ?? "", loyalty(customer.loyalty, in: spoken)]
    }

    /// A text that a till asks for. Where customers become members themselves is broken where a row of a display usually ends,
    /// when it is too long for one and the store has no words of its own.
    /// - Parameter tag: a BCP 47 tag; the store's language where there are no texts in it.
    func prompt(_ moment: DisplayMoment, language tag: String) -> DisplayScreen {
        let address = shownAddress
        if moment == .selfEnrolment, own[moment] == nil, address.count > Self.rowUsually {
            return [String(address.prefix(Self.rowUsually)), String(address.dropFirst(Self.rowUsually))]
        }
        return screen(moment, in: DisplayLanguage.tagged(tag) ?? language)
    }

    /// Characters of a row of most displays.
    private static let rowUsually = 20

    /// The address as people type it: without its scheme and what ends it.
    private var shownAddress: String {
        let bare = enrolmentAddress.hasPrefix("https://") ? enrolmentAddress.dropFirst(8) : enrolmentAddress[...]
        return String(bare.last == "/" ? bare.dropLast() : bare)
    }

    /// The language that a customer is spoken to in.
    private func spoken(to customer: Customer) -> DisplayLanguage {
        guard greetsInCustomersLanguage else { return language }
        return DisplayLanguage.tagged(customer.language) ?? language
    }

    private func loyalty(_ loyalty: Loyalty, in spoken: DisplayLanguage) -> String {
        if let bonuses = loyalty.bonusesHundredths {
            return lines(.bonuses, ["bonuses": Self.hundredths(bonuses, in: spoken)], in: spoken).first ?? ""
        }
        if let discount = loyalty.discountBasisPoints, discount > 0 {
            let value = Self.hundredths(Int64(discount), in: spoken)
            return lines(.discount, ["discount": value], in: spoken).first ?? ""
        }
        return ""
    }

    /// A moment's lines in its style.
    private func screen(
        _ moment: DisplayMoment, _ values: [String: String] = [:], in spoken: DisplayLanguage? = nil
    ) -> DisplayScreen {
        let lines = lines(moment, values, in: spoken)
        guard let style = styles[moment] else { return DisplayScreen(lines) }
        let all = all(values)
        let windows = style.windows.map { window in
            var window = window
            window.lines = window.lines.map { Self.filled($0, all) }
            return window
        }
        return DisplayScreen(lines, windows: windows, effects: style.effects)
    }

    private func all(_ values: [String: String]) -> [String: String] {
        ["store": store, "enrolment_address": shownAddress].merging(values) { $1 }
    }

    private func lines(
        _ moment: DisplayMoment, _ values: [String: String] = [:], in spoken: DisplayLanguage? = nil
    ) -> [String] {
        let spoken = spoken ?? language
        let words = spoken.code == language.code ? own[moment] : ownElsewhere[spoken.code]?[moment]
        let all = all(values)
        // One after the other, so that a name that holds braces is not filled in again.
        return (words ?? spoken.lines[moment] ?? []).map { Self.filled($0, all) }
    }

    /// Puts the values into a line, once each.
    private static func filled(_ line: String, _ values: [String: String]) -> String {
        var text = ""
        var rest = line[...]
        while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
            text += rest[..<open] + (values[String(rest[rest.index(after: open)..<close])] ?? "")
            rest = rest[rest.index(after: close)...]
        }
        return text + rest
    }

    /// Hundredths as people write them: 1000 is "10", 1250 is "12.50" or "12,50".
    static func hundredths(_ value: Int64, in language: DisplayLanguage) -> String {
        let sign = value < 0 ? "-" : ""
        let (whole, rest) = value.magnitude.quotientAndRemainder(dividingBy: 100)
        guard rest != 0 else { return "\(sign)\(whole)" }
        return "\(sign)\(whole)\(language.decimalComma ? "," : ".")\(rest < 10 ? "0" : "")\(rest)"
    }
}
