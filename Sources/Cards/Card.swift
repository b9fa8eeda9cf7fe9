package import Foundation

/// A card that this store issued.
package struct Card: Sendable, Equatable {
    package enum State: Int64, Sendable, CaseIterable {
        case active = 1
        case revoked = 2
        /// Another card took its place.
        case replaced = 3
    }

    /// Opaque, stable, and safe to log. It opens nothing.
    package let id: String
    /// What scans. Whoever has it is taken for the customer.
    package let code: CardCode
    /// The customer's opaque id in the local copy.
    package let customer: String
    package var state: State
    package let issuedAt: Date
    package var endedAt: Date?
    /// The card in whose place this one came, or that came in the place of this one; empty for none.
    package var replacedBy: String
    package var dispatch: Dispatch
}
