import Crypto
import Customers
import Foundation
import Storage

@testable import Systems

/// A store's copy in a directory of its own.
final class StoreBench: Sendable {
    let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    /// 2026-11-24 12:00:00 UTC.
    static let noon = Date(timeIntervalSince1970: 1_795_521_600)

    /// - Parameter time: by which answers grow old.
    func open(at time: Date = noon) throws -> Replica {
        let key = StoreKey(secret: SymmetricKey(data: [UInt8](repeating: 7, count: 32)), generation: 1)
        return try Replica(path: directory.file("replica.db"), vault: Vault(key: key), company: "nordmat", region: "NO")
        {
            time
        }
    }

    static func region() throws -> PhoneRegion {
        guard let region = PhoneRegion("NO") else { throw SystemsError(.settingsWrong, "There is no NO.") }
        return region
    }

    func source(_ place: FileSource.Place, rowsMax: Int = 100, mapping: FieldMapping = .standard) throws -> FileSource {
        FileSource(
            FileSource.Settings(place: place, mapping: mapping, region: try Self.region()), rowsMax: rowsMax,
            now: { StoreBench.noon })
    }

    /// Writes a file that nobody has touched for a minute.
    func write(_ text: String, to name: String) throws {
        try write(Array(text.utf8), to: name)
    }

    func write(_ bytes: [UInt8], to name: String, at time: Date = noon.addingTimeInterval(-60)) throws {
        try directory.write(Data(bytes), to: name)
        try FileManager.default.setAttributes([.modificationDate: time], ofItemAtPath: directory.file(name))
    }
}

extension Replica {
    /// Who has a card with each of these numbers, by name.
    func names(cards: [String]) throws -> [String] {
        let reader = try makeReader()
        return try cards.map { card in
            guard case .customer(let customer, _) = try reader.resolve(LabelCode(typed: card)).resolution else {
                return ""
            }
            return customer.name
        }
    }
}
