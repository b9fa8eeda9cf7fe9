import Cards
import Customers
import Dispatch
import Foundation
import Journal
import Storage

/// A store's work on its files: scans, pages of a feed, the outbox and the ledger, in an order that a seed gives.
struct StoreWork {
    let state: String
    let notes: Notes
    let seed: UInt64

    /// - Parameter steps: how much there is to do.
    func run(steps: Int) throws {
        let files = try StoreFiles(state: state)
        defer { files.close() }
        try run(steps: steps, on: files)
    }

    func run(steps: Int, on files: StoreFiles) throws {
        let pages = Pages(seed: seed)
        // What earlier runs did is no work of this one: numbers go on where the notes end.
        let known = notes.all.count
        var random = SplitMix(seed: seed &+ UInt64(known))
        var done = files.replica.pagesTaken
        for step in 0..<steps {
            let name = "\(known)-\(step)"
            switch random.next() % 10 {
            case 0, 1, 2: scan(name, lane: "\(random.next() % 3)", files.journal)
            case 3:
                if (try? files.replica.apply(pages.page(done + 1))) != nil {
                    done += 1
                    notes.add("page", "\(done)")
                }
            case 4: post(name, files.journal)
            case 5: deliver(files.journal)
            case 6: use(name, files.journal)
            case 7: issue(name, files.cards)
            case 8: enrol(name, files.members)
            default: scrub(files, step)
            }
        }
    }

    private func scrub(_ files: StoreFiles, _ step: Int) {
        switch step % 4 {
        case 0: _ = try? files.journal.scrub()
        case 1: _ = try? files.replica.scrub()
        case 2: _ = try? files.journal.wipe()
        default: _ = try? files.replica.wipe()
        }
    }

    private func scan(_ name: String, lane: String, _ journal: ScanJournal) {
        let entry = ScanEntry(
            lane: lane, data: Array(name.utf8), symbology: 104, aim: "]E0", device: "1-2", scannedAt: Date(), family: 1)
        let committed = DispatchSemaphore(value: 0)
        let appended = journal.append(entry) { scan in
            let kind = scan.journaled ? "scan" : "unjournaled"
            notes.add(kind, scan.entry.lane, "\(scan.epoch)", "\(scan.sequence)", name)
            committed.signal()
        }
        if case .numbered = appended { committed.wait() }
    }

    private func post(_ name: String, _ journal: ScanJournal) {
        let draft = OutboxDraft(
            system: "bank", kind: "entry", operation: Array(name.utf8), subject: "K\(name.utf8.count)",
            payload: Array(name.utf8))
        if case .queued(let id)? = try? journal.outbox.post(draft, now: Date()) { notes.add("post", "\(id)", name) }
    }

    private func deliver(_ journal: ScanJournal) {
        guard let entry = try? journal.outbox.first(system: "bank") else { return }
        var standing = entry.standing
        standing.state = .sending
        guard let sending = try? journal.outbox.note(standing, of: entry) else { return }
        standing.state = .sent
        if (try? journal.outbox.note(standing, of: sending)) != nil { notes.add("sent", "\(entry.id)") }
    }

    private func use(_ name: String, _ journal: ScanJournal) {
        let id = journal.redemptions.id(lane: "1", operation: Array(name.utf8))
        let redemption = Redemption(
            id: id, customer: "K\(name)", benefit: "coffee", lane: "1", basket: name, state: 2, expiresAt: Date(),
            changedAt: Date())
        let draft = OutboxDraft(
            system: "bank", kind: "used", operation: id, subject: redemption.customer, payload: Array(name.utf8))
        if (try? journal.redemptions.write(redemption, outbox: [draft])) != nil { notes.add("used", name) }
    }
}

/// Cards that were issued here, and customers who were enrolled here.
extension StoreWork {
    private func issue(_ name: String, _ cards: CardRegister) {
        let request = CardRequest(customer: "K\(name)", channel: .none)
        guard let card = try? cards.issue(request, now: Date()) else { return }
        notes.add("card", card.id, name)
        guard name.hasSuffix("1"), (try? cards.revoke(card.id, now: Date())) != nil else { return }
        notes.add("revoked", card.id)
    }

    private func enrol(_ name: String, _ members: MemberRegister) {
        let member = Member(subject: name, customer: "K\(name)", record: nil, permissions: [], enrolledAt: Date())
        if (try? members.keep(member, of: "vipps")) != nil { notes.add("member", name) }
    }
}

extension Replica {
    /// How many pages of the feed the copy has taken.
    var pagesTaken: Int {
        (try? cursor(of: Pages.feed)).flatMap { Int(String(decoding: $0, as: UTF8.self)) } ?? 0
    }
}
