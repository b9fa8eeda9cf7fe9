import Foundation
import GRDB
import Storage

extension JournalFile {
    private static let insertScan = "INSERT INTO scans VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
    private static let settleScan =
        "UPDATE scans SET attachment = ?, expired = ? WHERE epoch = ? AND lane = ? AND sequence = ?"
    private static let acknowledgeLane = """
        INSERT INTO lanes VALUES (?, ?, ?)
        ON CONFLICT DO UPDATE SET acknowledged = max(acknowledged, excluded.acknowledged)
        """
    private static let selectScans = """
        SELECT sequence, data, symbology, aim, device, family, scanned_at, attachment, expired FROM scans
        WHERE epoch = ? AND lane = ? AND sequence > ? ORDER BY sequence LIMIT ?
        """

    /// Writes a batch in one transaction, which is on the disk when this returns, or not at all.
    func write(_ batch: CommitQueue.Batch) throws(StorageError) {
        do {
            let sealed = try batch.waiting.map { try sealer.seal($0.scan.entry.data) }
            try pool.writeWithoutTransaction { database in
                try database.inTransaction(.immediate) {
                    let insertion = try database.cachedStatement(sql: JournalFile.insertScan)
                    for (item, data) in zip(batch.waiting, sealed) {
                        try insertion.execute(arguments: arguments(of: item.scan, data: data))
                    }
                    try write(batch.settlements, to: database)
                    try write(batch.acknowledgements, to: database)
                    return .commit
                }
            }
        } catch {
            throw StorageError(database: error, path: pool.path)
        }
    }

    private func arguments(of scan: JournaledScan, data: [UInt8]) -> StatementArguments {
        let entry = scan.entry
        return [
            Int64(epoch), entry.lane, Int64(scan.sequence), Data(data), Int64(entry.symbology), entry.aim, entry.device,
            Int64(entry.family), JournalFile.microseconds(entry.scannedAt), Int64(scan.attachment), scan.expired,
        ]
    }

    private func write(_ settlements: [ScanPlace: Settlement], to database: Database) throws {
        guard !settlements.isEmpty else { return }
        let statement = try database.cachedStatement(sql: JournalFile.settleScan)
        for (place, settlement) in settlements {
            try statement.execute(arguments: [
                Int64(settlement.attachment), settlement.expired, Int64(epoch), place.lane, Int64(place.sequence),
            ])
        }
    }

    private func write(_ acknowledgements: [String: UInt64], to database: Database) throws {
        guard !acknowledgements.isEmpty else { return }
        let statement = try database.cachedStatement(sql: JournalFile.acknowledgeLane)
        for (lane, sequence) in acknowledgements {
            try statement.execute(arguments: [Int64(epoch), lane, Int64(sequence)])
        }
    }

    /// The scans of a lane after a number, oldest first, opened.
    func scans(lane: String, after sequence: UInt64, limit: Int) throws(StorageError) -> [JournaledScan] {
        do {
            return try pool.read { database in
                let statement = try database.cachedStatement(sql: JournalFile.selectScans)
                let after = Int64(clamping: sequence)
                let rows = try Row.fetchCursor(statement, arguments: [Int64(epoch), lane, after, limit])
                var scans: [JournaledScan] = []
                while let row = try rows.next() { scans.append(try scan(of: row, lane: lane)) }
                return scans
            }
        } catch {
            throw StorageError(database: error, path: pool.path)
        }
    }

    private func scan(of row: Row, lane: String) throws -> JournaledScan {
        let sealed: Data? = row["data"]
        let microseconds: Int64 = row["scanned_at"]
        let entry = ScanEntry(
            lane: lane, data: try sealed.map { try sealer.open($0) } ?? [], symbology: row["symbology"],
            aim: row["aim"], device: row["device"],
            scannedAt: Date(timeIntervalSince1970: Double(microseconds) / 1_000_000), family: row["family"])
        return JournaledScan(
            epoch: epoch, sequence: row["sequence"], entry: entry, attachment: row["attachment"],
            expired: row["expired"])
    }
}
