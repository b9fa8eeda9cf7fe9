package import Foundation

/// A system that knows what a customer did last.
package protocol EventSource: OrderReceiver {
    /// Whether staff may see it.
    var showsEvents: Bool { get }

    /// The last things a customer did, the newest first.
    /// - Throws: ``SystemsError``, within a few seconds: a till waits.
    func events(of customer: CustomerAddress) async throws(SystemsError) -> [CustomerEvent]
}

/// Something a customer did, as staff see it.
package struct CustomerEvent: Sendable, Equatable {
    package var at: Date
    /// The system's own word for what happened.
    package var kind: String
    /// What is said of it besides: a sale's number.
    package var text: String
    /// Of a sale, in hundredths of the store's currency.
    package var totalMinor: Int64?

    package init(at: Date, kind: String, text: String = "", totalMinor: Int64? = nil) {
        self.at = at
        self.kind = kind
        self.text = text
        self.totalMinor = totalMinor
    }
}

/// The bounds of what staff see of a customer.
package enum EventLimits {
    /// Events of a view.
    package static let shownMax = 20
    /// Events of a kind that are asked for.
    package static let askedMax = 100
    /// Bytes of a kind or a text.
    package static let textBytesMax = 128
}
