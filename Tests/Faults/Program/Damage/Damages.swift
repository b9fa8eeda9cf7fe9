import Cards
import Customers
import Foundation
import Journal
import Storage

/// Damages one file of a store in every way a disk can, and starts on it.
///
/// Whatever it is, the process lives and says in a sentence what it cannot use; scans go on; the copy answers rightly or not at
/// all, and can be filled anew; what stands in the other files is all there; the right key put back makes everything readable.
struct Damages {
    private static let stepsOfStore = 160

    private let count: Int
    private let seed: UInt64
    private let folder = NSTemporaryDirectory() + "countertop-damage-\(getpid())"
    private var random: SplitMix
    private var counts: [String: Int] = [:]
    private var findings: [String] = []
    private var notes: [[String]] = []

    init(count: Int, seed: UInt64) {
        (self.count, self.seed) = (count, seed)
        random = SplitMix(seed: seed)
    }

    /// - Returns: whether all was well.
    consuming func print() throws -> Bool {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try prepare()
        var files: [String] = []
        for state in ["killed", "closed"] {
            let names = try FileManager.default.contentsOfDirectory(atPath: "\(folder)/\(state)").sorted()
            files += names.filter { !$0.hasSuffix(".lock") && !$0.hasSuffix("-shm") }.map { "\(state)/\($0)" }
        }
        for number in 0..<count where findings.isEmpty {
            let kinds = FileDamage.allCases
            try start(files[number % files.count], kinds[number / files.count % kinds.count])
        }
        for finding in findings { Swift.print("# \(finding)") }
        let outcomes = counts.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }.joined(separator: ", ")
        Swift.print("# \(files.count) files; \(outcomes)")
        let verdict = findings.isEmpty ? "ok" : "not ok"
        Swift.print("\(verdict) - a damaged file is survived, and said: \(count) damages, seed \(seed)")
        return findings.isEmpty
    }

    /// A store as a kill leaves it and one that was closed.
    private mutating func prepare() throws {
        let state = "\(folder)/closed"
        try FileManager.default.createDirectory(atPath: state, withIntermediateDirectories: true)
        let work = StoreWork(state: state, notes: Notes(path: "\(folder)/notes"), seed: seed)
        for _ in 0..<2 { try work.run(steps: Self.stepsOfStore / 2) }
        let files = try StoreFiles(state: state)
        try work.run(steps: Self.stepsOfStore / 4, on: files)
        try TestDisk.shared.whileNothingIsWritten {
            try FileManager.default.copyItem(atPath: state, toPath: "\(folder)/killed")
        }
        files.close()
        notes = Notes(path: "\(folder)/notes").all
    }

    private mutating func count(_ what: String) { counts[what, default: 0] += 1 }

    private mutating func start(_ path: String, _ damage: FileDamage) throws {
        let parts = path.split(separator: "/").map(String.init)
        let (state, name) = ("\(folder)/image", parts[1])
        try? FileManager.default.removeItem(atPath: state)
        try FileManager.default.copyItem(atPath: "\(folder)/\(parts[0])", toPath: state)
        for shared in ["replica", "journal", "cards", "members"] {
            try? FileManager.default.removeItem(atPath: "\(state)/\(shared).db-shm")
        }
        var bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: "\(state)/\(name)")))
        if !bytes.isEmpty { damage.apply(to: &bytes, &random) }
        try overwrite("\(state)/\(name)", bytes)
        let found: [String]
        do {
            let start = DamagedStart(state: state, damaged: name, notes: notes, seed: seed)
            found = try start.findings()
            for outcome in start.outcomes { count(outcome) }
        } catch {
            found = ["it ended with \(error)"]
        }
        findings += found.map { "\(path), \(damage): \($0)" }
    }

    /// In its place, so that its rights stay.
    private func overwrite(_ path: String, _ bytes: [UInt8]) throws {
        let file = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
        defer { try? file.close() }
        try file.truncate(atOffset: 0)
        try file.write(contentsOf: Data(bytes))
    }
}
