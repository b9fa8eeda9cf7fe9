/// A customer group and what its members are given.
package struct GroupTerms: Sendable, Equatable {
    package var group: Group
    /// A discount or a cashback; a balance has no meaning here and is left out.
    package var terms: Loyalty

    package init(group: Group, terms: Loyalty) {
        self.group = group
        self.terms = terms
    }
}
