/// What can be kept of a customer.
package enum RecordField: String, Sendable, CaseIterable {
    /// The source's own key of the customer. It is digested, never kept.
    case key
    case name
    case firstName = "first_name"
    case language
    case customerCard = "customer_card"
    case phone
    case email
    case linkedCard = "linked_card"
    case externalID = "external_id"
    case groups
    case discount = "discount_percent"
    case bonuses
    case cashback = "cashback_percent"
    case permissions
    case benefits
    /// When the source last changed the customer.
    case changedAt = "changed_at"
    /// Whether the customer is gone.
    case removed
    /// The key of the customer whom this one goes on as. It is digested, never kept.
    case mergedInto = "merged_into"

    /// What serves the taking of a row and is not kept.
    static let needed: Set<RecordField> = [.key, .changedAt, .removed, .mergedInto]

    /// What an allow-list can name.
    package static var allowable: [RecordField] { allCases.filter { !needed.contains($0) } }
}
