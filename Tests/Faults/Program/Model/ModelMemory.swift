import Customers
import Foundation
import Journal

/// What a copy that begins anew finds in the model's journal.
struct ModelMemory: ReplicaMemory {
    let journal: ScanJournal

    func forgotten(after place: Int64) throws -> [ForgottenID] {
        try journal.forgotten(after: place).map {
            ForgottenID(place: $0.number, customer: $0.customer, erasedAt: $0.erasedAt)
        }
    }

    func keep(_ departures: [Departure]) throws {
        try journal.noteDeparting(
            departures.map {
                DepartingCustomer(customer: $0.id, successor: $0.successor ?? "", content: Array($0.feed.utf8))
            }, at: ModelClock.noon)
    }

    func departures(after customer: String) throws -> [Departure] {
        try journal.departing(after: customer).map {
            Departure(
                number: 0, id: $0.customer, feed: String(decoding: $0.content, as: UTF8.self), identifiers: [],
                successor: $0.successor.isEmpty ? nil : $0.successor)
        }
    }

    func release(_ customers: [String]) throws { try journal.settleDeparting(customers) }
}
