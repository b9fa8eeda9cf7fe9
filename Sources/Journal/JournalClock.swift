import Foundation
import GRDB
import Storage
import Synchronization

/// The store's ``Storage/RetentionClock``, kept in the journal's file over restarts.
final class JournalClock: Sendable {
    private struct State {
        var clock: RetentionClock
        var notedAt: ContinuousClock.Instant?
    }

    private let file: JournalFile
    private let noteEvery: Duration
    private let state: Mutex<State>

    /// A file that never kept a time is as old as its rows.
    init(file: JournalFile, limits: JournalLimits) {
        self.file = file
        noteEvery = limits.clockNotedEvery
        let note = file.clockNote() ?? file.newestTime().map { RetentionClock.Note(believed: $0) }
        state = Mutex(
            State(
                clock: RetentionClock(
                    note: note, jumpMax: limits.clockJumpMax, believedAfter: limits.clockJumpBelievedAfter, uptime: .now
                )))
    }

    /// The time by which things are too old to be kept. It may wait for the disk.
    func time(wall: Date, uptime: ContinuousClock.Instant) -> Date {
        let (time, note) = state.withLock { state in
            let time = state.clock.time(wall: wall, uptime: uptime)
            let isDue = state.notedAt.map { $0.duration(to: uptime) >= noteEvery } ?? true
            if isDue { state.notedAt = uptime }
            return (time, isDue ? state.clock.note : nil)
        }
        // Where it cannot be written, an older time is believed at the next start, and things are kept longer.
        if let note { try? file.keep(note) }
        return time
    }

    /// Keeps what is believed, for the next start.
    func keep() {
        if let note = state.withLock({ $0.clock.note }) { try? file.keep(note) }
    }
}

extension JournalFile {
    /// The time that was believed last; `nil` when none was kept, or it cannot be read.
    func clockNote() -> RetentionClock.Note? {
        let sql = "SELECT believed_at, doubted_at, doubted_for FROM clock"
        let row = try? pool.read { try Row.fetchOne($0, sql: sql) }
        return row.flatMap { row in
            let (believed, doubted, lasted): (Int64, Int64?, Int64) = (row[0], row[1], row[2])
            return RetentionClock.Note(
                believed: Self.date(believed), doubted: doubted.map { Self.date($0) },
                doubtedFor: .microseconds(max(0, lasted)))
        }
    }

    func keep(_ note: RetentionClock.Note) throws(StorageError) {
        let lasted = Int64((note.doubtedFor / .microseconds(1)).rounded())
        try write { database in
            try database.execute(
                sql: "INSERT OR REPLACE INTO clock VALUES (1, ?, ?, ?)",
                arguments: [
                    JournalFile.microseconds(note.believed), note.doubted.map { JournalFile.microseconds($0) }, lasted,
                ])
        }
    }

    private static func date(_ microseconds: Int64) -> Date {
        Date(timeIntervalSince1970: Double(microseconds) / 1_000_000)
    }
}
