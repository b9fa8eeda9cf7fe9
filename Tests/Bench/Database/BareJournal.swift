import Foundation

/// A journal of one table, committed to row by row with nothing around it.
final class BareJournal {
    private let database: BareDatabase
    private let begin, insert, commit: BareStatement
    private var sequence: Int64 = 0

    init(directory: String) throws {
        let path = directory + "/bare-journal.db"
        for ending in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: path + ending) }
        database = try BareDatabase(path: path)
        try database.run("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 0;")
        try database.run(
            """
            CREATE TABLE scans (
                lane TEXT NOT NULL, sequence INTEGER NOT NULL, data BLOB, symbology INTEGER NOT NULL,
                scanned_at INTEGER NOT NULL, PRIMARY KEY (lane, sequence)
            ) STRICT, WITHOUT ROWID
            """)
        begin = try database.statement("BEGIN IMMEDIATE")
        insert = try database.statement("INSERT INTO scans VALUES ('1', ?, ?, 104, 0)")
        commit = try database.statement("COMMIT")
        // A log that is long enough already is written over, which takes half the time: as the edge does it.
        for _ in 0..<500 { write() }
        try database.run("PRAGMA wal_checkpoint(RESTART)")
    }

    /// Commits one scan.
    func write() {
        sequence += 1
        step(begin)
        insert.bind(sequence, at: 1)
        insert.bind([UInt8](repeating: 0x35, count: 42), at: 2)
        step(insert)
        step(commit)
    }

    private func step(_ statement: BareStatement) {
        _ = statement.step()
        statement.reset()
    }
}
