import Cards
import Customers
import Dispatch
import Foundation
import Journal
import Storage
import Synchronization

/// One start of a store of whose files one is damaged.
struct DamagedStart {
    private let state: String
    private let damaged: String
    private let notes: [[String]]
    private let seed: UInt64
    private let tally = Tally()

    /// How it went, in words to be counted.
    var outcomes: [String] { tally.words }

    init(state: String, damaged: String, notes: [[String]], seed: UInt64) {
        (self.state, self.damaged, self.notes, self.seed) = (state, damaged, notes, seed)
    }

    private func isDamaged(_ database: String) -> Bool { damaged.hasPrefix(database) }

    /// - Returns: what is wrong; nothing when all is as it must be.
    func findings() throws -> [String] {
        if damaged == "key" { return try withWrongKey() }
        var findings: [String] = []
        let vault = Vault(key: try StoreKey.loadOrCreate(at: "\(state)/key"))
        try findings += opened("journal.db") {
            try ScanJournal(path: "\(state)/journal.db", vault: vault) { _ in }
        } look: { journal in
            defer { journal.close() }
            return try look(at: journal)
        }
        try findings += opened("replica.db") {
            try Replica(path: "\(state)/replica.db", vault: vault, company: StoreFiles.company, region: "NO")
        } look: { replica in
            defer { replica.close() }
            return try look(at: replica)
        }
        try findings += opened("cards.db") {
            try CardRegister(path: "\(state)/cards.db", vault: vault, company: StoreFiles.company)
        } look: { cards in
            defer { cards.close() }
            let lost = notes.filter { $0[0] == "card" && (try? cards.card(id: $0[1])) == nil }
            return isDamaged("cards.db") || lost.isEmpty ? [] : ["\(lost.count) cards are lost"]
        }
        try findings += opened("members.db") {
            try MemberRegister(path: "\(state)/members.db", vault: vault, company: StoreFiles.company)
        } look: { members in
            defer { members.close() }
            let lost = notes.filter { $0[0] == "member" && (try? members.member($0[1], of: "vipps")) == nil }
            return isDamaged("members.db") || lost.isEmpty ? [] : ["\(lost.count) members are lost"]
        }
        return findings
    }

    private func opened<File>(
        _ name: String, open: () throws -> File, look: (File) throws -> [String]
    ) throws -> [String] {
        let file: File
        do {
            file = try open()
        } catch {
            tally.words.append("refusals of \(name)")
            guard isDamaged(name) else { return ["\(name) is refused, though another file is damaged: \(error)"] }
            return Self.isSentence(error) ? [] : ["\(name) is refused without a sentence: \(error)"]
        }
        return try look(file)
    }

    private static func isSentence(_ error: any Error) -> Bool {
        let words = "\(error)"
        return words.contains(". ") && words.count > 40
    }

    /// Nothing is changed by a start with a wrong key: with the right one everything is there.
    private func withWrongKey() throws -> [String] {
        let path = "\(state)/key"
        do {
            try StoreFiles(state: state).close()
            tally.words.append("keys that are not needed, or the same")
        } catch {
            tally.words.append("refused keys")
            guard Self.isSentence(error) else { return ["the key is refused without a sentence: \(error)"] }
        }
        try FileManager.default.removeItem(atPath: path)
        try FileManager.default.copyItem(atPath: "\(state)/../closed/key", toPath: path)
        return try StoreCheck(state: state, notes: notes, seed: seed).findings()
    }

    // MARK: Looking

    private func look(at journal: ScanJournal) throws -> [String] {
        let entry = ScanEntry(
            lane: "0", data: Array("next".utf8), symbology: 104, aim: "]E0", device: "1-2", scannedAt: Date(), family: 1
        )
        let told = Committed()
        let appended = journal.append(entry) { told.take($0.journaled) }
        guard case .numbered(let epoch, let sequence) = appended else { return ["a scan is not taken"] }
        let isJournaled = told.wait()
        if isDamaged("journal.db") {
            tally.words.append(journal.setAside == nil ? "journals that are used" : "journals set aside")
            if journal.setAside != nil, journal.salvagedRows > 0 { tally.words.append("journals saved in part") }
            // Whatever can be read can be read without an end.
            for lane in 0..<3 { _ = try? journal.scans(lane: "\(lane)", after: 0, limit: 1_000) }
            _ = try? journal.outbox.entries()
            let unsaid = damaged == "journal.db-wal" ? try losses(of: journal, epoch, sequence) : []
            return unsaid
                + (journal.setAside == nil || isJournaled ? [] : ["a scan is not written down in the new journal"])
        }
        if journal.setAside != nil { return ["the journal is set aside, though another file is damaged"] }
        let kept = try journal.scans(limit: 100_000) { _ in true }
        let scans = notes.filter { $0[0] == "scan" }
        let lost = scans.filter { note in
            !kept.contains { String(decoding: $0.entry.data, as: UTF8.self) == note[4] }
        }
        return lost.isEmpty && isJournaled ? [] : ["\(lost.count) scans are lost"]
    }

    /// What is gone with a damaged log is said, and no number comes twice.
    private func losses(of journal: ScanJournal, _ epoch: UInt64, _ sequence: UInt64) throws -> [String] {
        let scans = notes.filter { $0[0] == "scan" }
        if scans.contains(where: { $0[1...3].elementsEqual(["0", "\(epoch)", "\(sequence)"]) }) {
            return ["the number \(sequence) is given once more"]
        }
        let kept = try journal.scans(limit: 100_000) { _ in true }
        let words = Set(kept.map { String(decoding: $0.entry.data, as: UTF8.self) })
        let lost = scans.filter { !words.contains($0[4]) }.count
        tally.words.append(lost == 0 ? "logs without a loss" : "logs with a loss")
        let isSaid = journal.setAside != nil || journal.lostScans > 0
        guard lost == 0 || isSaid else { return ["\(lost) scans are lost, and nobody says so"] }
        let others = try otherLosses(of: journal)
        if others > 0 { tally.words.append("logs with a loss of something else") }
        let isOtherSaid = isSaid || journal.lostChanges > 0
        return others == 0 || isOtherSaid ? [] : ["\(others) entries or uses are lost, and nobody says so"]
    }

    /// Entries of the outbox and uses of benefits that were acknowledged and are gone.
    private func otherLosses(of journal: ScanJournal) throws -> Int {
        let entries = try notes.filter { $0[0] == "post" }.filter { note in
            try journal.outbox.entry(Int64(note[1]) ?? 0) == nil
        }
        let uses = try notes.filter { $0[0] == "used" }.filter { note in
            let id = journal.redemptions.id(lane: "1", operation: Array(note[1].utf8))
            return try journal.redemptions.redemption(id) == nil
        }
        return entries.count + uses.count
    }

    private func look(at replica: Replica) throws -> [String] {
        let pages = Pages(seed: seed)
        let told = notes.filter { $0[0] == "page" }.compactMap { Int($0[1]) }.max() ?? 0
        var findings = isDamaged("replica.db") ? [] : try compare(replica, pages, count: told)
        guard isDamaged("replica.db") else { return findings }
        tally.words.append(replica.setAside == nil ? "copies that are used" : "copies set aside")
        findings += answers(of: replica, pages, count: told)
        do {
            if case .setAside = try replica.checkWhole() { tally.words.append("copies set aside while in use") }
        } catch {
            tally.words.append("copies that cannot be checked")
        }
        guard replica.setAside != nil else { return findings }
        // It is filled anew from its feed.
        for number in stride(from: 1, through: told, by: 1) { try replica.apply(pages.page(number)) }
        return findings + (try compare(replica, pages, count: told))
    }

    /// Nobody is answered as somebody else.
    private func answers(of replica: Replica, _ pages: Pages, count: Int) -> [String] {
        guard let reader = try? replica.makeReader() else { return [] }
        var known: [String: Set<String>] = [:]
        for number in stride(from: 1, through: count, by: 1) {
            for change in pages.page(number).customers {
                if case .upsert(let record) = change {
                    known[record.identifiers[0].value, default: []].insert(record.name)
                }
            }
        }
        return pages.cards.compactMap { card in
            let answer = try? reader.resolve(Identifier(type: .customerCard, value: card))
            guard case .customer(let customer, _) = answer?.resolution else { return nil }
            return known[card]?.contains(customer.name) == true ? nil : "\(card) is answered as \(customer.name)"
        }
    }

    private func compare(_ replica: Replica, _ pages: Pages, count: Int) throws -> [String] {
        let expected = pages.names(after: count)
        let reader = try replica.makeReader()
        return try pages.cards.compactMap { card in
            let answer = try reader.resolve(Identifier(type: .customerCard, value: card))
            var name: String?
            if case .customer(let customer, _) = answer.resolution { name = customer.name }
            return name == expected[card] ? nil : "\(card) is \(name ?? "nobody"), not \(expected[card] ?? "nobody")"
        }
    }
}

/// What was seen so far.
private final class Tally {
    var words: [String] = []
}

/// Whether a scan was written down, from the journal's own thread.
private final class Committed: Sendable {
    private let isJournaled = Mutex(false)
    private let bell = DispatchSemaphore(value: 0)

    func take(_ journaled: Bool) {
        isJournaled.withLock { $0 = journaled }
        bell.signal()
    }

    func wait() -> Bool {
        bell.wait()
        return isJournaled.withLock { $0 }
    }
}
