import Customers
import Foundation
import Journal

/// Drives a store's files and a plain model with the same random changes, look-ups, restarts, kills, refusing disks, damaged
/// files and clock jumps, and compares them after each.
struct ModelRun {
    /// How often each thing was done.
    private(set) var counts: [String: Int] = [:]
    let store: ModelStore
    var drawing: Drawing
    var copy = PlainCopy()
    var journal = PlainJournal()
    private var pages = 0

    init(seed: UInt64) throws {
        drawing = Drawing(random: SplitMix(seed: seed))
        store = try ModelStore(clock: ModelClock())
        journal.epoch = store.journal.epoch
    }

    /// - Throws: ``Mismatch`` with the number of the step.
    mutating func run(steps: Int) throws {
        defer { store.end() }
        for number in 0..<steps {
            do {
                try step()
            } catch {
                throw Mismatch("step \(number): \(error)")
            }
        }
        try lookAtEverything()
    }

    private mutating func step() throws {
        store.clock.move(by: Double(drawing.below(2_000)) / 1_000)
        switch drawing.below(10_000) {
        case 0..<2_200: try change()
        case 2_200..<2_450: try erase()
        case 2_450..<2_500: try clearUp()
        case 2_500..<2_550: try readmit()
        case 2_550..<6_900: try look()
        case 6_900..<7_900: try scan(count: 1)
        case 7_900..<8_300: try settle()
        case 8_300..<8_800: try readLane()
        case 8_800..<9_300: try changeOutbox()
        case 9_300..<9_380: moveClock()
        case 9_380..<9_386: try restart()
        case 9_386..<9_392: try kill()
        case 9_392..<9_395: try damage()
        case 9_395..<9_420: try changeOnRefusingDisk()
        case 9_420..<9_440: try scanOnRefusingDisk()
        default: try look()
        }
    }

    mutating func count(_ what: String) { counts[what, default: 0] += 1 }

    // MARK: Changes

    private mutating func drawPage() -> DrawnPage {
        pages += 1
        return drawing.page(feed: drawing.one(of: Drawing.feeds), number: pages, now: store.clock.milliseconds)
    }

    private mutating func change() throws {
        let page = drawPage()
        let applied = PlainOutcome(try store.replica.apply(page.page))
        try expect(applied, is: copy.apply(page, now: store.clock.milliseconds), "what became of a page")
        count("pages")
        counts["changes", default: 0] += page.changes.count
    }

    private mutating func erase() throws {
        let key = PlainCopy.Key(feed: drawing.one(of: Drawing.feeds), key: drawing.key())
        let time = store.clock.milliseconds - Int64(drawing.below(1_000))
        store.reader.releaseRead()
        try store.journal.noteForgotten(id(key), at: Date(timeIntervalSince1970: Double(time) / 1_000))
        let erasure = try store.replica.erase(
            customerID: id(key), at: Date(timeIntervalSince1970: Double(time) / 1_000))
        try expect(erasure.found, is: copy.erase(key, at: time), "whether a customer was there to be erased")
        try expect(erasure.isScrubbed, is: true, "whether the log was emptied")
        if drawing.once(in: 4) {
            try expect(store.replica.wipe() && store.journal.wipe(), is: true, "whether the files were wiped")
        }
        count("erasures")
    }

    private mutating func readmit() throws {
        let key = PlainCopy.Key(feed: drawing.one(of: Drawing.feeds), key: drawing.key())
        store.reader.releaseRead()
        let isNoted = try store.journal.liftForgotten(id(key))
        let isFound = try store.replica.readmit(customerID: id(key))
        // Whom the copy has again by a later record is noted still, and may have no tombstone.
        try expect(isFound || isNoted, is: copy.readmit(key), "whether somebody was there to be readmitted")
        count("readmissions")
    }

    private mutating func clearUp() throws {
        let departures = try store.replica.departures()
        // A copy that began anew has them with the first page.
        guard copy.isLaid else { return }
        let (found, known) = (Set(departures.map(\.id)), Set(copy.departed.map(id)))
        try expect(known.subtracting(found), is: [], "those who are gone and are not on the list")
        try expect(
            found.subtracting(known).subtracting(copy.mayHaveDeparted.map(id)), is: [],
            "those who are on the list and are not gone")
        store.reader.releaseRead()
        try store.journal.settleDeparting(departures.map(\.id))
        try store.replica.forget(departures)
        copy.departed = []
        count("clearings")
    }

    func id(_ key: PlainCopy.Key) -> String { store.replica.customerID(feed: key.feed, key: key.key) }

    // MARK: What happens to a store

    private mutating func moveClock() {
        let hour = 3_600.0
        store.clock.move(by: drawing.one(of: [-hour, hour, -60, -86_400, 365 * 24 * hour]))
        count("clock jumps")
    }

    private mutating func restart() throws {
        let refusal: TestDisk.Refusal? =
            drawing.once(in: 3)
            ? TestDisk.Refusal(
                after: drawing.below(12), count: 1 + drawing.below(3), kind: drawing.one(of: TestDisk.Kind.allCases))
            : nil
        let said = try store.restart(refusal: refusal)
        if let said {
            guard said.contains(".") else { throw Mismatch("a start that is refused says no sentence: \(said)") }
            count("refused starts")
        }
        try followStart(mayBeginEpoch: false)
        count("restarts")
    }

    private mutating func kill() throws {
        try store.kill()
        try followStart(mayBeginEpoch: journal.hasUnwritten)
        count("kills")
    }

    /// A page of the copy's file is garbage after a kill. Either nobody notices, because nothing stands on it, or the file is
    /// set aside and the copy begins anew.
    private mutating func damage() throws {
        let place = drawing.random.next()
        try store.kill { state in
            let file = try FileHandle(forUpdating: URL(fileURLWithPath: "\(state)/replica.db"))
            defer { try? file.close() }
            let pages = try file.seekToEnd() / 4_096
            guard pages > 0 else { return }
            try file.seek(toOffset: place % pages * 4_096)
            try file.write(contentsOf: Data(repeating: 0xA5, count: 4_096))
        }
        if let aside = store.replica.setAside {
            copy.beginAnew()
            for suffix in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: aside + suffix) }
            count("copies begun anew")
        }
        try followStart(mayBeginEpoch: journal.hasUnwritten)
        count("damages")
    }

    private mutating func followStart(mayBeginEpoch: Bool) throws {
        copy.isLaid = false
        let epoch = store.journal.epoch
        if mayBeginEpoch, epoch > journal.epoch {
            journal.begin(epoch: epoch)
        } else {
            try expect(epoch, is: journal.epoch, "the epoch after a start")
            journal.hasUnwritten = false
        }
        try lookAtEverything()
    }

    // MARK: A disk that refuses

    private mutating func changeOnRefusingDisk() throws {
        let page = drawPage()
        TestDisk.shared.refuse(
            TestDisk.Refusal(
                after: drawing.below(8), count: 1 + drawing.below(4), kind: drawing.one(of: TestDisk.Kind.allCases)))
        let applied = (try? store.replica.apply(page.page)).map(PlainOutcome.init)
        TestDisk.shared.refuse(nil)
        store.disk.waitUntilWell()
        if let applied {
            try expect(applied, is: copy.apply(page, now: store.clock.milliseconds), "what became of a page")
        } else {
            copy.mayHaveDeparted.formUnion(page.removed)
            count("refused pages")
        }
        // Killed in this moment, too, it must be there whole or not at all.
        if drawing.once(in: 2) { try kill() } else { try lookAtCopy() }
    }

    private mutating func scanOnRefusingDisk() throws {
        TestDisk.shared.refuse(
            TestDisk.Refusal(
                after: drawing.below(6), count: drawing.once(in: 3) ? 10_000 : 1 + drawing.below(4),
                kind: drawing.one(of: TestDisk.Kind.allCases)))
        try scan(count: 1 + drawing.below(6))
        if drawing.once(in: 2) {
            try kill()
        } else {
            TestDisk.shared.refuse(nil)
            store.disk.waitUntilWell()
            journal.hasUnwritten = false
            for lane in Drawing.lanes { try lookAtLane(lane) }
        }
    }
}
