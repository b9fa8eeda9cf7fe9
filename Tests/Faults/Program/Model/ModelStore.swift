import Customers
import Dispatch
import Foundation
import Journal
import Storage
import Synchronization

/// The two files of a store in a folder, which can be closed and opened again, or left as a killed process leaves them.
final class ModelStore {
    static let company = "nordmat"
    /// Scans of a lane that are kept at least.
    static let keptScans: UInt64 = 300

    private(set) var journal: ScanJournal
    private(set) var replica: Replica
    private(set) var reader: ReplicaReader
    let clock: ModelClock
    let disk = DiskWatch()
    private let root: String
    private var state: String
    private var generation = 0

    init(clock: ModelClock) throws {
        self.clock = clock
        root = NSTemporaryDirectory() + "countertop-model-\(getpid())"
        state = root + "/0"
        try FileManager.default.createDirectory(atPath: state, withIntermediateDirectories: true)
        (journal, replica) = try Self.open(state, clock: clock, disk: disk)
        reader = try replica.makeReader()
    }

    var replicaPath: String { state + "/replica.db" }

    private static func open(
        _ state: String, clock: ModelClock, disk: DiskWatch
    ) throws -> (journal: ScanJournal, replica: Replica) {
        let vault = Vault(key: try StoreKey.loadOrCreate(at: "\(state)/key"))
        var limits = JournalLimits()
        // So that carrying the log over, trimming and trying again come often.
        limits.checkpointRows = 50
        limits.checkpointIdle = .milliseconds(1)
        limits.retryAfter = .milliseconds(1)
        limits.retryAfterMax = .milliseconds(2)
        limits.logBytesReady = 64 * 1_024
        limits.keptScansMax = keptScans
        limits.trimScansMax = 32
        let journal = try ScanJournal(
            path: "\(state)/journal.db", vault: vault, limits: limits, now: { ModelClock.noon },
            onFault: { disk.note($0) })
        do {
            let replica = try Replica(
                path: "\(state)/replica.db", vault: vault, company: company, region: "NO",
                memory: ModelMemory(journal: journal), now: { clock.now })
            return (journal, replica)
        } catch {
            journal.close()
            throw error
        }
    }

    /// Closes the files and opens them again.
    /// - Parameter refusal: what the disk refuses to the first start. A second one follows if that fails.
    /// - Returns: what the first start said when it failed.
    func restart(refusal: TestDisk.Refusal? = nil) throws -> String? {
        close()
        disk.reset()
        var said: String?
        if refusal != nil {
            TestDisk.shared.refuse(refusal)
            do {
                (journal, replica) = try Self.open(state, clock: clock, disk: disk)
            } catch {
                said = "\(error)"
            }
            TestDisk.shared.refuse(nil)
            if said == nil { disk.waitUntilWell() }
        }
        if refusal == nil || said != nil {
            (journal, replica) = try Self.open(state, clock: clock, disk: disk)
        }
        reader = try replica.makeReader()
        return said
    }

    /// Goes on with the files as they are at this moment, as after a kill.
    /// - Parameter change: is done to the files before they are opened; it is given their folder.
    func kill(_ change: (String) throws -> Void = { _ in }) throws {
        let dead = state
        generation += 1
        state = root + "/\(generation)"
        try TestDisk.shared.whileNothingIsWritten {
            try FileManager.default.copyItem(atPath: dead, toPath: state)
        }
        // The memory that processes share over a log goes with the last of them.
        for name in ["replica.db-shm", "journal.db-shm"] {
            try? FileManager.default.removeItem(atPath: "\(state)/\(name)")
        }
        close()
        try FileManager.default.removeItem(atPath: dead)
        try change(state)
        disk.reset()
        (journal, replica) = try Self.open(state, clock: clock, disk: disk)
        reader = try replica.makeReader()
    }

    private func close() {
        TestDisk.shared.refuse(nil)
        reader.releaseRead()
        journal.close()
        replica.close()
    }

    /// Closes the files and removes them.
    func end() {
        close()
        try? FileManager.default.removeItem(atPath: root)
    }
}

/// A clock that is set as somebody likes.
final class ModelClock: Sendable {
    /// 2026-11-24 12:00:00 UTC.
    static let noon = Date(timeIntervalSince1970: 1_795_521_600)

    private let time = Mutex(ModelClock.noon)

    var now: Date { time.withLock { $0 } }

    var milliseconds: Int64 { Int64((now.timeIntervalSince1970 * 1_000).rounded()) }

    func move(by seconds: Double) { time.withLock { $0 += seconds } }
}

/// What the journal says of its disk.
final class DiskWatch: Sendable {
    private let isRefusing = Mutex(false)
    private let bell = DispatchSemaphore(value: 0)

    func note(_ fault: JournalFault?) {
        isRefusing.withLock { $0 = fault != nil }
        bell.signal()
    }

    func reset() { isRefusing.withLock { $0 = false } }

    /// Waits until everything that was refused is written.
    func waitUntilWell() {
        while isRefusing.withLock({ $0 }) { bell.wait() }
    }
}
