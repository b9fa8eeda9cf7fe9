package import Foundation

/// What a local copy must know that no source gives it, kept where it outlives the copy's file: a copy that begins anew has it before
/// it takes anything. All of it waits for the disk, and may be done again.
package protocol ReplicaMemory: Sendable {
    /// Customers whom the store was asked to forget, in the order in which it was, as many at a time as may be; none behind the
    /// last one.
    /// - Parameter place: of the last one that is known, 0 for the first ones.
    func forgotten(after place: Int64) throws -> [ForgottenID]

    /// Keeps that customers are gone whose traces elsewhere are still to be removed. It is called before the copy has let go of
    /// them for good, within the transaction that does; when it throws, they stay.
    func keep(_ departures: [Departure]) throws

    /// Those who are kept and not released, in an order that stays, as many at a time as may be.
    /// - Parameter customer: the last one that is known, empty for the first ones.
    func departures(after customer: String) throws -> [Departure]

    /// Their traces are gone, or they are not after all.
    func release(_ customers: [String]) throws
}

/// A customer whom the store was asked to forget.
package struct ForgottenID: Sendable, Equatable {
    /// The place in the order in which they were.
    package let place: Int64
    /// The opaque id.
    package let customer: String
    /// When that was, for the last time.
    package let erasedAt: Date

    package init(place: Int64, customer: String, erasedAt: Date) {
        self.place = place
        self.customer = customer
        self.erasedAt = erasedAt
    }
}
