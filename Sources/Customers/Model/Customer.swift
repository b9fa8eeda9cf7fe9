/// A customer as the replica answers.
package struct Customer: Sendable, Equatable {
    /// Opaque, stable, and safe to log: a keyed digest of the company, the feed and the feed's own key.
    package var id: String
    package var company: String
    /// The name staff see.
    package var name: String
    /// The only part of the name that a customer display shows.
    package var firstName: String
    /// A BCP 47 tag, empty when it is not known.
    package var language: String
    package var identifiers: [Identifier]
    package var groups: [Group]
    /// The customer's own terms and those of the groups, the better ones.
    package var loyalty: Loyalty
    package var permissions: [Permission]
    /// What the customer may use, as the source has it; what is left of it is in the ledger.
    package var benefits: [Benefit]

    package init(
        id: String, company: String, name: String, firstName: String, language: String, identifiers: [Identifier],
        groups: [Group], loyalty: Loyalty, permissions: [Permission], benefits: [Benefit] = []
    ) {
        self.id = id
        self.company = company
        self.name = name
        self.firstName = firstName
        self.language = language
        self.identifiers = identifiers
        self.groups = groups
        self.loyalty = loyalty
        self.permissions = permissions
        self.benefits = benefits
    }
}
