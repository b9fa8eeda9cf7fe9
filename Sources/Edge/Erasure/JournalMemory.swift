import Customers
import Foundation
import Journal

/// What the journal keeps for a local copy that begins anew: who was forgotten on request, and who is gone and has left traces.
struct JournalMemory: ReplicaMemory {
    private struct Content: Codable {
        let feed: String
        let codes: [FormerCodes.Code]
    }

    let journal: ScanJournal

    func forgotten(after place: Int64) throws -> [ForgottenID] {
        try journal.forgotten(after: place).map {
            ForgottenID(place: $0.number, customer: $0.customer, erasedAt: $0.erasedAt)
        }
    }

    func keep(_ departures: [Departure]) throws {
        let encoder = JSONEncoder()
        try journal.noteDeparting(
            departures.map { departure in
                let content = Content(feed: departure.feed, codes: departure.identifiers.map { FormerCodes.Code($0) })
                return DepartingCustomer(
                    customer: departure.id, successor: departure.successor ?? "",
                    content: Array(try encoder.encode(content)))
            }, at: Date())
    }

    func departures(after customer: String) throws -> [Departure] {
        let decoder = JSONDecoder()
        return try journal.departing(after: customer).map { gone in
            let content = try? decoder.decode(Content.self, from: Data(gone.content))
            return Departure(
                number: 0, id: gone.customer, feed: content?.feed ?? "",
                identifiers: content?.codes.compactMap(\.identifier) ?? [],
                successor: gone.successor.isEmpty ? nil : gone.successor)
        }
    }

    func release(_ customers: [String]) throws { try journal.settleDeparting(customers) }
}
