import Customers
import Foundation
import Journal
import Storage

/// What a customer was known by before he went on as another one, as the journal keeps it, sealed.
enum FormerCodes {
    /// An identifier as it is written.
    struct Code: Codable {
        let type: Int
        let value: String

        init(_ identifier: Customers.Identifier) {
            (type, value) = (identifier.type.rawValue, identifier.value)
        }

        /// `nil` for one of a type that this version does not know.
        var identifier: Customers.Identifier? {
            Customers.IdentifierType(rawValue: type).map { Customers.Identifier(type: $0, value: value) }
        }
    }

    /// All that a customer was ever known by, beside what his record holds.
    static func all(of customer: String, in journal: ScanJournal) throws(StorageError) -> [Customers.Identifier] {
        try journal.formerCodes(of: customer).flatMap { read($0) }
    }

    /// Hands a customer's codes over to the one he goes on as.
    static func handOver(_ departure: Departure, to successor: String, in journal: ScanJournal) throws {
        let codes = departure.identifiers.map { Code($0) }
        let content = try Array(JSONEncoder().encode(codes))
        try journal.handOverCodes(content, of: departure.id, to: successor, at: Date())
    }

    private static func read(_ content: [UInt8]) -> [Customers.Identifier] {
        let codes = (try? JSONDecoder().decode([Code].self, from: Data(content))) ?? []
        return codes.compactMap(\.identifier)
    }
}
