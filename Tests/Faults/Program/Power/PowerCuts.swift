import Foundation
import Storage

/// Writes down all that a store's work does to its files, and opens them as a power cut may leave them at every moment of it.
///
/// What was acknowledged in a file that is synced with each commit must be there; of the copy, what was acknowledged before its
/// log was synced last, and its cursor must fit its customers. Some of the recoveries lose their power as well.
struct PowerCuts {
    private static let stepsOfRun = 40
    /// One of so many recoveries is cut off as well, in so many places.
    private static let secondCutEvery = 16
    private static let secondCuts = 3

    private let images: Int
    private let seed: UInt64
    private let folder = NSTemporaryDirectory() + "countertop-power-\(getpid())"
    private var key: String { folder + "/key" }
    private var random: SplitMix
    private var opened = 0
    private var acknowledged = 0
    private var calls = 0
    private var findings: [String] = []

    init(images: Int, seed: UInt64) {
        (self.images, self.seed) = (images, seed)
        random = SplitMix(seed: seed)
    }

    /// - Returns: whether nothing was lost.
    consuming func print() throws -> Bool {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        _ = try fresh("work")
        // It is made for good before anything is sealed under it.
        _ = try StoreKey.loadOrCreate(at: key)
        var run: UInt64 = 0
        while opened < images, findings.isEmpty {
            try replay(try record(seed: seed &+ run), seed: seed &+ run)
            run += 1
        }
        for finding in findings { Swift.print("# \(finding)") }
        Swift.print("# \(run) runs, \(calls) calls that change a file, \(acknowledged) acknowledgements")
        let verdict = findings.isEmpty ? "ok" : "not ok"
        Swift.print(
            "\(verdict) - nothing that was on the disk goes with the power: \(opened) images, \(findings.count) with findings, "
                + "seed \(seed)")
        return findings.isEmpty
    }

    // MARK: Recording

    /// Two starts of a store with work in between, so that openings and closings are among what is cut.
    private func record(seed: UInt64) throws -> [TestDisk.Event] {
        let state = try fresh("work")
        try FileManager.default.copyItem(atPath: key, toPath: "\(state)/key")
        TestDisk.shared.record()
        let work = StoreWork(state: state, notes: Notes(path: "\(folder)/notes"), seed: seed)
        try? FileManager.default.removeItem(atPath: "\(folder)/notes")
        for _ in 0..<2 { try work.run(steps: Self.stepsOfRun) }
        return TestDisk.shared.stop()
    }

    private func fresh(_ name: String) throws -> String {
        let path = "\(folder)/\(name)"
        try? FileManager.default.removeItem(atPath: path)
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        return path
    }

    // MARK: Replaying

    /// Opens what may be left at moments of a run, all of them when there are few.
    private mutating func replay(_ events: [TestDisk.Event], seed: UInt64) throws {
        var disk = try DiskImage(folder: folder)
        var told = Told()
        for event in events {
            told.note(event)
            guard case .call(let path, let change) = event else { continue }
            calls += 1
            disk.apply(change, to: name(path))
            for survival in DiskImage.Survival.allCases where opened < images && isDrawn(events.count) {
                try open(disk, told, survival, seed: seed, mayCutAgain: true)
                guard findings.isEmpty else { return }
            }
        }
        acknowledged += told.notes.count
    }

    /// Whether an image is opened. Each run gives a quarter of them, or all that it has.
    private mutating func isDrawn(_ events: Int) -> Bool {
        let all = UInt64(events * DiskImage.Survival.allCases.count)
        return random.next() % max(1, all) < UInt64(max(1, images / 4))
    }

    private mutating func open(
        _ disk: DiskImage, _ told: Told, _ survival: DiskImage.Survival, seed: UInt64, mayCutAgain: Bool
    ) throws {
        opened += 1
        let state = try fresh("image")
        try FileManager.default.copyItem(atPath: key, toPath: "\(state)/key")
        try disk.write(to: state, survival: survival, random: &random)
        let cutsAgain = mayCutAgain && random.next() % UInt64(Self.secondCutEvery) == 0
        let names = try FileManager.default.contentsOfDirectory(atPath: state).filter { $0 != "key" }
        var left = try DiskImage(folder: state, names: names)
        if cutsAgain { TestDisk.shared.record() }
        check(state, told, "call \(calls), \(survival)", seed: seed)
        guard cutsAgain else { return }
        let recovery = TestDisk.shared.stop()
        let places = Set((0..<Self.secondCuts).map { _ in Int(random.next() % UInt64(max(1, recovery.count))) })
        for (place, event) in recovery.enumerated() {
            guard case .call(let path, let change) = event else { continue }
            left.apply(change, to: name(path))
            guard places.contains(place), findings.isEmpty, opened < images else { continue }
            try open(left, told, .torn, seed: seed, mayCutAgain: false)
        }
    }

    private mutating func check(_ state: String, _ told: Told, _ moment: String, seed: UInt64) {
        do {
            let check = StoreCheck(state: state, notes: told.notes, seed: seed, pagesAtLeast: told.pagesOnDisk)
            findings += try check.findings().map { "\(moment) of seed \(seed): \($0)" }
        } catch {
            findings.append("\(moment) of seed \(seed): the files do not open: \(error)")
        }
    }

    private func name(_ path: String) -> String { String(path.split(separator: "/").last ?? "") }
}

/// What was acknowledged until a moment, and how much of it must be on the disk.
private struct Told {
    private(set) var notes: [[String]] = []
    /// Pages of the copy's feed whose log was synced since.
    private(set) var pagesOnDisk = 0

    mutating func note(_ event: TestDisk.Event) {
        switch event {
        case .told(let words): notes.append(words)
        case .call(let path, .sync) where path.hasSuffix("/replica.db-wal"):
            pagesOnDisk = notes.last { $0[0] == "page" }.flatMap { Int($0[1]) } ?? pagesOnDisk
        case .call: return
        }
    }
}
