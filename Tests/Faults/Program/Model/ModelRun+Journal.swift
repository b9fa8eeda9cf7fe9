import Dispatch
import Foundation
import Journal
import Synchronization

/// Scans and the outbox, and the same in the model.
extension ModelRun {
    /// Appends scans to one lane and waits for each.
    mutating func scan(count: Int) throws {
        let lane = drawing.one(of: Drawing.lanes)
        for _ in 0..<count {
            let text = "S\(drawing.random.next())"
            let entry = ScanEntry(
                lane: lane, data: Array(text.utf8), symbology: 104, aim: "]E0", device: "1-2",
                scannedAt: ModelClock.noon, family: 1)
            let told = Handed()
            let appended = store.journal.append(entry) { told.take($0) }
            let number = (journal.lanes[lane]?.last ?? 0) + 1
            try expect(appended, is: .numbered(epoch: journal.epoch, sequence: number), "the number of a scan")
            let scan = told.wait()
            try expect(scan.sequence, is: number, "the number a scan is handed on with")
            if !scan.journaled {
                journal.hasUnwritten = true
                self.count("scans unwritten at first")
            }
            journal.lanes[lane, default: PlainJournal.Lane()].last = number
            journal.lanes[lane]?.scans.append(PlainJournal.Scan(sequence: number, text: text))
            self.count("scans")
        }
    }

    /// A till has taken a scan, or nobody has.
    mutating func settle() throws {
        let lane = drawing.one(of: Drawing.lanes)
        guard let known = journal.lanes[lane], let index = known.scans.indices.last else { return }
        let place = max(0, index - drawing.below(20))
        let sequence = known.scans[place].sequence
        guard sequence >= store.journal.position(lane: lane).firstKept else { return }
        var change = LaneChange()
        let settlement = Settlement(attachment: UInt8(1 + drawing.below(3)), expired: drawing.once(in: 4))
        change.settlements[sequence] = settlement
        if drawing.once(in: 2) { change.acknowledged = sequence }
        let written = DispatchSemaphore(value: 0)
        store.journal.note(change, lane: lane) { written.signal() }
        written.wait()
        journal.lanes[lane]?.scans[place].attachment = settlement.attachment
        journal.lanes[lane]?.scans[place].isExpired = settlement.expired
        if let acknowledged = change.acknowledged {
            journal.lanes[lane]?.acknowledged = max(known.acknowledged, acknowledged)
        }
        count("settlements")
    }

    mutating func readLane() throws {
        let lane = drawing.one(of: Drawing.lanes)
        let last = journal.lanes[lane]?.last ?? 0
        try lookAtLane(lane, after: last - min(last, UInt64(drawing.below(30))))
        count("readings")
    }

    /// - Parameter sequence: 0 for everything that is kept.
    mutating func lookAtLane(_ lane: String, after sequence: UInt64 = 0) throws {
        let first = store.journal.position(lane: lane).firstKept
        journal.lanes[lane]?.forget(before: first)
        let known = journal.lanes[lane] ?? PlainJournal.Lane()
        try expect(store.journal.position(lane: lane).last, is: known.last, "the last number of lane \(lane)")
        try expect(
            store.journal.acknowledged(lane: lane), is: known.acknowledged, "what is acknowledged in lane \(lane)")
        let kept = UInt64(known.scans.count)
        guard kept == known.last || kept >= ModelStore.keptScans else {
            throw Mismatch("lane \(lane) keeps \(kept) of \(known.last) scans")
        }
        let found = try store.journal.scans(lane: lane, after: max(sequence, first == 0 ? 0 : first - 1), limit: 1_000)
        let scans = found.map { scan in
            PlainJournal.Scan(
                sequence: scan.sequence, text: String(decoding: scan.entry.data, as: UTF8.self),
                attachment: scan.attachment, isExpired: scan.expired)
        }
        // Those that were deleted between the two questions are none of the lane's any more.
        let oldest = store.journal.position(lane: lane).firstKept
        try expect(
            scans.filter { $0.sequence >= oldest },
            is: known.scans.filter { $0.sequence > sequence && $0.sequence >= oldest }, "lane \(lane)")
    }

    // MARK: The outbox

    mutating func changeOutbox() throws {
        if drawing.once(in: 2) { try post() } else { try deliver() }
        if drawing.once(in: 20) { try lookAtOutbox() }
        count("outbox changes")
    }

    private mutating func post() throws {
        let text = "E\(drawing.random.next())"
        let draft = OutboxDraft(
            system: "bank", kind: "entry", operation: Array(text.utf8), subject: "K\(drawing.below(4))",
            payload: Array(text.utf8))
        guard case .queued(let id) = try store.journal.outbox.post(draft, now: ModelClock.noon) else {
            throw Mismatch("an entry is not taken into the outbox")
        }
        try expect(
            try store.journal.outbox.post(draft, now: ModelClock.noon), is: .known(id, .pending), "the same entry again"
        )
        journal.entries[id] = PlainJournal.Entry(text: text, state: .pending)
    }

    private mutating func deliver() throws {
        guard let entry = try store.journal.outbox.first(system: "bank") else {
            return try expect(journal.entries.isEmpty, is: true, "whether nothing waits in the outbox")
        }
        try expect(
            String(decoding: entry.payload, as: UTF8.self), is: journal.entries[entry.id]?.text ?? "nothing",
            "entry \(entry.id)")
        var standing = entry.standing
        standing.state = .sent
        guard try store.journal.outbox.note(standing, of: entry) != nil else {
            throw Mismatch("entry \(entry.id) was changed by somebody else")
        }
        journal.entries[entry.id] = nil
    }

    /// What waits is there, in its order, and nothing else waits.
    func lookAtOutbox() throws {
        var found: [Int64: String] = [:]
        var last: Int64 = 0
        while true {
            let page = try store.journal.outbox.entries(states: [.pending], after: last)
            guard let end = page.last else { break }
            for entry in page { found[entry.id] = String(decoding: entry.payload, as: UTF8.self) }
            last = end.id
        }
        try expect(found, is: journal.entries.mapValues(\.text), "what waits in the outbox")
    }
}

/// A scan that the journal hands on from its own thread.
private final class Handed: Sendable {
    private let scan = Mutex<JournaledScan?>(nil)
    private let bell = DispatchSemaphore(value: 0)

    func take(_ handed: JournaledScan) {
        scan.withLock { $0 = handed }
        bell.signal()
    }

    func wait() -> JournaledScan {
        while true {
            bell.wait()
            if let handed = scan.withLock({ $0 }) { return handed }
        }
    }
}
