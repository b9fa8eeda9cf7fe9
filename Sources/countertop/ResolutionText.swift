import CountertopClient

/// What a code turned out to be, in words for people.
struct ResolutionText {
    private let resolution: Resolution

    init(_ resolution: Resolution) {
        self.resolution = resolution
    }

    /// In a few words: "Kari Nordås (phone)".
    var short: String {
        switch resolution.kind {
        case .customer: "\(resolution.customer?.name ?? "?") (\(Self.words(resolution.identifierType)))"
        case .ambiguous:
            "one of \(resolution.candidates.count): " + resolution.candidates.map(\.name).joined(separator: ", ")
        case .product: "product \(resolution.gtin)"
        case .pending: "\(Self.words(resolution.identifierType)), to be asked of its system"
        case .refused: "payment card, dropped"
        case .unknown: "not known" + Self.age(resolution.provenance)
        default: "of a kind this version does not know"
        }
    }

    /// In full.
    var lines: [String] {
        var lines = [short]
        let customers = resolution.customer.map { [$0] } ?? resolution.candidates
        for customer in customers { lines += CustomerText(customer).lines }
        if let provenance = resolution.provenance, !customers.isEmpty {
            lines.append(
                "  from        \(provenance.source), \(provenance.ageMs / 1_000) s old"
                    + (provenance.complete ? "" : ", not complete"))
        }
        return lines
    }

    static func words(_ type: IdentifierType) -> String {
        type.name.lowercased().replacing("_", with: " ")
    }

    /// How much a "not known" is worth.
    private static func age(_ provenance: Provenance?) -> String {
        guard let provenance else { return "" }
        guard provenance.complete else { return ": the local copy is not complete yet" }
        return " in the local copy, which is \(provenance.ageMs / 1_000) s old"
    }
}

/// A customer, in words for people.
struct CustomerText {
    private let customer: Customer

    init(_ customer: Customer) {
        self.customer = customer
    }

    var lines: [String] {
        var lines = ["  customer    \(customer.id) \(customer.name)"]
        lines += customer.identifiers.map { identifier in
            let words = ResolutionText.words(identifier.type)
            return "  \(words)\(String(repeating: " ", count: max(1, 12 - words.count)))\(identifier.value)"
        }
        if !customer.groups.isEmpty {
            lines.append("  groups      \(customer.groups.map(\.name).joined(separator: ", "))")
        }
        if !terms.isEmpty { lines.append("  terms       \(terms)") }
        let granted = customer.permissions.filter(\.granted).map(\.name)
        if !granted.isEmpty { lines.append("  allows      \(granted.joined(separator: ", "))") }
        return lines
    }

    /// Discount, bonuses and cashback: "discount 10 %".
    var terms: String {
        guard let loyalty = customer.loyalty else { return "" }
        var terms: [String] = []
        if let discount = loyalty.discountBasisPoints { terms.append("discount \(Self.hundredths(Int64(discount))) %") }
        if let bonuses = loyalty.bonusesHundredths { terms.append("bonuses \(Self.hundredths(bonuses))") }
        if let cashback = loyalty.cashbackBasisPoints { terms.append("cashback \(Self.hundredths(Int64(cashback))) %") }
        return terms.joined(separator: ", ")
    }

    private static func hundredths(_ value: Int64) -> String {
        let (whole, rest) = value.magnitude.quotientAndRemainder(dividingBy: 100)
        let sign = value < 0 ? "-" : ""
        return rest == 0 ? "\(sign)\(whole)" : "\(sign)\(whole).\(rest < 10 ? "0" : "")\(rest)"
    }
}
