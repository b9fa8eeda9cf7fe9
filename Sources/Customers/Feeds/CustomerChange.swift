package import Foundation

/// One change of a page.
package enum CustomerChange: Sendable {
    /// The customer as he is now, new or changed.
    case upsert(CustomerRecord)
    /// The source has let go of the customer. A keyed tombstone stays, which refuses every record that is not newer.
    case remove(key: String, at: Date)

    /// The feed's own key of the customer.
    var key: String {
        switch self {
        case .upsert(let record): record.key
        case .remove(let key, _): key
        }
    }
}
