/// What was wrong with one row of a page. It holds nothing of the row.
package struct RowFinding: Sendable, Equatable {
    package enum Reason: String, Sendable {
        /// The row has no key, or one that is too long.
        case keyUnusable
        /// A text, or one of the lists, is longer than ``CustomersLimits`` allows.
        case tooLarge
        /// Another customer of the company has the same card or number already: one of another feed, or one whom the same page
        /// names. From any other of the same feed it goes over to this one.
        case identifierTaken
        /// The customer was erased, and the record is not newer than that.
        case erased
        /// A phone number, e-mail or code of this type cannot be understood. The customer was taken without it.
        case identifierLeftOut
        /// The company has as many groups as there may be. The customer was taken without the further one.
        case groupLeftOut
    }

    /// The row's place among the page's customers, from 0.
    package var row: Int
    package var reason: Reason

    package init(row: Int, reason: Reason) {
        self.row = row
        self.reason = reason
    }

    /// Whether nothing of the row was taken.
    package var isRefusal: Bool { reason != .identifierLeftOut && reason != .groupLeftOut }
}
