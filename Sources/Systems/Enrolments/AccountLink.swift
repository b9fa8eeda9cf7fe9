package import Customers

/// Which customer of the local copy a login's profile is: the order that Vipps gives (Login API, "Account linking").
package enum AccountLink: Sendable, Equatable {
    /// Enrolled here before, by the same identity.
    case known(Customer)
    /// The one customer with this phone number, and with this e-mail address where one was told.
    case one(Customer)
    /// Several may be meant, or the name is another's: numbers are given to new people. The cashier asks.
    case ask([Customer])
    /// Nobody yet.
    case new

    /// - Parameters:
    ///   - known: whom the identity was enrolled as before.
    ///   - byPhone: who has the phone number in the local copy.
    ///   - byEmail: who has the e-mail address; `nil` when none was told.
    package static func decide(
        _ profile: LoginProfile, known: Customer?, byPhone: [Customer], byEmail: [Customer]?
    ) -> AccountLink {
        if let known { return .known(known) }
        let either = byPhone + (byEmail ?? []).filter { other in !byPhone.contains { $0.id == other.id } }
        guard !either.isEmpty else { return .new }
        let both =
            byEmail.map { emails in byPhone.filter { phone in emails.contains { $0.id == phone.id } } } ?? byPhone
        if both.count == 1, either.count == 1 || byEmail != nil, let customer = both.first, isSane(profile, customer) {
            return .one(customer)
        }
        return .ask(Array(either.prefix(CustomersLimits.candidatesMax)))
    }

    /// Whether the names can be one person's: a word of the one is in the other, or either has none.
    static func isSane(_ profile: LoginProfile, _ customer: Customer) -> Bool {
        let (told, stored) = (Set(NameFolding.words(profile.name)), Set(NameFolding.words(customer.name)))
        return told.isEmpty || stored.isEmpty || !told.isDisjoint(with: stored)
    }
}
