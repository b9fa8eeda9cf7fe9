import Crypto
import Foundation
import Storage
import Synchronization

@testable import Customers

/// A replica in a directory of its own, whose clock a test sets.
final class ReplicaBench: Sendable {
    let directory: TemporaryDirectory
    let vault = ReplicaBench.vault(7)
    /// Milliseconds after noon.
    let milliseconds = Mutex<Int64>(0)

    init() throws { directory = try TemporaryDirectory() }

    var path: String { directory.file("replica.db") }

    static func vault(_ byte: UInt8) -> Vault {
        Vault(key: StoreKey(secret: SymmetricKey(data: [UInt8](repeating: byte, count: 32)), generation: 1))
    }

    func open(company: String = "nordmat", region: String = "NO") throws -> Replica {
        try Replica(path: path, vault: vault, company: company, region: region) { [self] in
            ReplicaBench.noon.addingTimeInterval(Double(milliseconds.withLock { $0 }) / 1_000)
        }
    }

    func pass(milliseconds: Int64) { self.milliseconds.withLock { $0 += milliseconds } }

    /// 2026-11-24 12:00:00 UTC.
    static let noon = Date(timeIntervalSince1970: 1_795_521_600)

    static func page(
        _ customers: [CustomerRecord], groups: [GroupTerms] = [], feed: String = "poster", cursor: String = "1",
        isComplete: Bool = true
    ) -> ChangePage {
        ChangePage(
            feed: feed, cursor: Array(cursor.utf8), isComplete: isComplete, groups: groups,
            customers: customers.map { .upsert($0) })
    }

    static func removal(_ key: String, feed: String = "poster", at time: Date = noon) -> ChangePage {
        ChangePage(
            feed: feed, cursor: Array("2".utf8), isComplete: true, customers: [.remove(key: key, at: time)])
    }

    static let kari = CustomerRecord(
        key: "77", name: "Kari Nordås", firstName: "Kari", language: "nb",
        identifiers: [
            Identifier(type: .customerCard, value: "2000012345678"), Identifier(type: .phone, value: "412 34 567"),
            Identifier(type: .email, value: " Kari.Nordas@Example.no "), Identifier(type: .linkedCard, value: "LIB-9"),
            Identifier(type: .externalID, value: "77"),
        ],
        groupIDs: ["staff"], loyalty: Loyalty(discountBasisPoints: 500, bonusesHundredths: -12_345),
        permissions: [
            Permission(name: "email", granted: true, consentText: "Ja takk til e-post.", changedAt: noon)
        ], changedAt: noon)

    static let ola = CustomerRecord(
        key: "78", name: "Ola Ås", firstName: "Ola", language: "nb",
        identifiers: [
            Identifier(type: .phone, value: "+4741234567"), Identifier(type: .customerCard, value: "QR-aB3"),
        ],
        changedAt: noon)

    static let staff = GroupTerms(
        group: Group(id: "staff", name: "Ansatte"), terms: Loyalty(discountBasisPoints: 1_000))
}

extension Resolution {
    /// The names of those who were found.
    var names: [String] {
        switch self {
        case .customer(let customer, _): [customer.name]
        case .ambiguous(let customers, _): customers.map(\.name)
        default: []
        }
    }
}

extension ReplicaReader {
    func resolve(typed text: String) throws -> Resolution { try resolve(LabelCode(typed: text)).resolution }
}
