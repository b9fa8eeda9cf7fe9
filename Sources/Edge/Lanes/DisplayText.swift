import Customers

/// The texts a customer display shows, two lines each. A text holds at most the customer's first name: never a phone
/// number, a card or a family name.
struct DisplayText: Sendable {
    var store: String

    var idle: [String] { ["Welcome", store] }
    var ready: [String] { ["Ready to scan", "Show your card here"] }
    var oneMoment: [String] { ["One moment, please", ""] }
    var unknownCode: [String] { ["Code not known here", "Please ask our staff"] }
    var askPhone: [String] { ["Please tell us", "your phone number"] }
    var paymentCard: [String] { ["No payment cards", "here, please"] }
    var thanks: [String] { ["Thank you!", "See you soon"] }

    func greeting(_ customer: Customer) -> [String] {
        let name = customer.firstName.isEmpty ? "Welcome!" : "Welcome, \(customer.firstName)!"
        return [name, loyalty(customer.loyalty)]
    }

    private func loyalty(_ loyalty: Loyalty) -> String {
        if let bonuses = loyalty.bonusesHundredths {
            return "Bonuses \(DisplayText.hundredths(bonuses))"
        }
        if let discount = loyalty.discountBasisPoints, discount > 0 {
            return "Discount \(DisplayText.hundredths(Int64(discount))) %"
        }
        return ""
    }

    /// Hundredths as people write them: 1000 is "10", 1250 is "12.50".
    static func hundredths(_ value: Int64) -> String {
        let sign = value < 0 ? "-" : ""
        let (whole, rest) = value.magnitude.quotientAndRemainder(dividingBy: 100)
        guard rest != 0 else { return "\(sign)\(whole)" }
        return "\(sign)\(whole).\(rest < 10 ? "0" : "")\(rest)"
    }
}
