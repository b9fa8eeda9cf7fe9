import Crypto
import Dispatch
import Foundation
import GRDB
import Storage
import Synchronization

@testable import Journal

/// A journal in a directory of its own, with what it handed on.
final class JournalBench: Sendable {
    let directory: TemporaryDirectory
    let vault = Vault(key: StoreKey(secret: SymmetricKey(data: [UInt8](repeating: 7, count: 32)), generation: 1))
    let deliveries = Deliveries()
    let faults = Faults()

    init() throws { directory = try TemporaryDirectory() }

    var path: String { directory.file("journal.db") }

    func open(
        limits: JournalLimits = JournalLimits(), now: @escaping @Sendable () -> Date = { JournalBench.noon }
    ) throws -> ScanJournal {
        try ScanJournal(path: path, vault: vault, limits: limits, now: now) { [faults] in faults.note($0) }
    }

    /// Changes the file from outside, as damage would. The journal's own thread may be writing, so this waits.
    func execute(_ sql: String) throws {
        var configuration = Configuration()
        configuration.busyMode = .timeout(60)
        let other = try DatabaseQueue(path: path, configuration: configuration)
        try other.write { try $0.execute(sql: sql) }
        try other.close()
    }

    /// 2026-11-24 12:00:00 UTC.
    static let noon = Date(timeIntervalSince1970: 1_795_521_600)

    static func entry(_ lane: String, _ text: String, at time: Date = noon) -> ScanEntry {
        ScanEntry(
            lane: lane, data: Array(text.utf8), symbology: 104, aim: "]E0", device: "1-2", scannedAt: time, family: 1)
    }

    /// Appends and returns the answer; the delivery is noted.
    @discardableResult
    func append(_ text: String, lane: String = "1", at time: Date = noon, to journal: ScanJournal) -> Appended {
        journal.append(JournalBench.entry(lane, text, at: time)) { [deliveries] in deliveries.note($0) }
    }
}

/// The scans that were handed on, in the order in which they were.
final class Deliveries: Sendable {
    private let scans = Mutex<[JournaledScan]>([])
    private let changed = DispatchSemaphore(value: 0)

    var all: [JournaledScan] { scans.withLock { $0 } }

    func note(_ scan: JournaledScan) {
        scans.withLock { $0.append(scan) }
        changed.signal()
    }

    /// Waits for so many more.
    func wait(for count: Int) {
        for _ in 0..<count { changed.wait() }
    }

    func lane(_ lane: String) -> [JournaledScan] { all.filter { $0.entry.lane == lane } }
}

/// What the journal told of its disk.
final class Faults: Sendable {
    private let notes = Mutex<[JournalFault?]>([])
    private let changed = DispatchSemaphore(value: 0)

    var codes: [StorageError.Code?] { notes.withLock { $0.map { $0?.code } } }

    func note(_ fault: JournalFault?) {
        notes.withLock { $0.append(fault) }
        changed.signal()
    }

    func wait() { changed.wait() }
}
