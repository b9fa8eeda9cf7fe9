import Foundation
import GRDB
import Storage

extension JournalFile {
    /// Where a scan of any epoch stands.
    struct EpochPlace: Hashable, Sendable {
        let epoch: Int64
        let lane: String
        let sequence: Int64
    }

    private static let selectPage = """
        SELECT epoch, lane, sequence, data, symbology, aim, device, family, scanned_at FROM scans
        WHERE (epoch, lane, sequence) > (?, ?, ?) ORDER BY epoch, lane, sequence LIMIT ?
        """

    /// Looks at every scan that was not emptied, some at a time, so that no read is open for long. One whose seal is broken is
    /// passed over: nobody can read it.
    func forEachScan(_ body: (EpochPlace, ScanEntry) throws(StorageError) -> Void) throws(StorageError) {
        var last = EpochPlace(epoch: -1, lane: "", sequence: 0)
        while true {
            let page = try read { database in
                let statement = try database.cachedStatement(sql: Self.selectPage)
                return try Row.fetchAll(
                    statement, arguments: [last.epoch, last.lane, last.sequence, JournalLimits.erasurePageScans])
            }
            let sealer = seals.scans
            for row in page {
                last = EpochPlace(epoch: row["epoch"], lane: row["lane"], sequence: row["sequence"])
                guard let sealed: Data = row["data"], let data = try? sealer.open(sealed) else { continue }
                let microseconds: Int64 = row["scanned_at"]
                let entry = ScanEntry(
                    lane: last.lane, data: data, symbology: row["symbology"], aim: row["aim"], device: row["device"],
                    scannedAt: Date(timeIntervalSince1970: Double(microseconds) / 1_000_000), family: row["family"])
                try body(last, entry)
            }
            guard page.count == JournalLimits.erasurePageScans else { return }
        }
    }

    func blankScan(_ place: EpochPlace) throws(StorageError) {
        try write { database in
            let statement = try database.cachedStatement(
                sql: "UPDATE scans SET data = NULL WHERE epoch = ? AND lane = ? AND sequence = ?")
            try statement.execute(arguments: [place.epoch, place.lane, place.sequence])
        }
    }

    /// - Returns: false when a reader held the log for longer than a connection waits.
    func scrub() throws(StorageError) -> Bool {
        do {
            _ = try pool.writeWithoutTransaction { try $0.checkpoint(.truncate) }
            return true
        } catch let error as DatabaseError where error.resultCode == .SQLITE_BUSY {
            return false
        } catch {
            throw StorageError(database: error, path: pool.path)
        }
    }

    /// - Parameter goesOn: asked between steps; false ends it there.
    /// - Returns: false when a reader held the log for longer than a step of it waits, or it was ended.
    func wipe(while goesOn: () -> Bool = { true }) throws(StorageError) -> Bool {
        try DatabaseFile.wipe(pool, while: goesOn)
    }

    func entries(of subject: String, limit: Int) throws(StorageError) -> [OutboxEntry] {
        try entries(where: "subject = ? ORDER BY id LIMIT ?", [Data(seals.outbox.subject(subject)), limit])
    }
}
