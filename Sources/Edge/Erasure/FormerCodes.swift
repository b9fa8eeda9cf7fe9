import Customers
import Foundation
import Journal
import Storage

/// What a customer was known by before he went on as another one, as the journal keeps it, sealed.
enum FormerCodes {
    private struct Code: Codable {
        let type: Int
        let value: String
    }

    /// All that a customer was ever known by, beside what his record holds.
    static func all(of customer: String, in journal: ScanJournal) throws(StorageError) -> [Customers.Identifier] {
        try journal.formerCodes(of: customer).flatMap { read($0) }
    }

    /// Hands a customer's codes over to the one he goes on as.
    static func handOver(_ departure: Departure, to successor: String, in journal: ScanJournal) throws {
        let codes = departure.identifiers.map { Code(type: $0.type.rawValue, value: $0.value) }
        let content = try Array(JSONEncoder().encode(codes))
        try journal.handOverCodes(content, of: departure.id, to: successor, at: Date())
    }

    private static func read(_ content: [UInt8]) -> [Customers.Identifier] {
        let codes = (try? JSONDecoder().decode([Code].self, from: Data(content))) ?? []
        return codes.compactMap { code in
            Customers.IdentifierType(rawValue: code.type).map { Customers.Identifier(type: $0, value: code.value) }
        }
    }
}
