import Cards
import Customers
import Foundation
import Journal
import Storage

/// Compares a store's files with what was acknowledged.
struct StoreCheck {
    let state: String
    /// What was told, in its order; see ``Notes``.
    let notes: [[String]]
    let seed: UInt64
    /// Pages of the feed that must be there; `nil` for all that were told. The copy's last pages may go with the power.
    var pagesAtLeast: Int?

    /// - Returns: what was lost, or is there wrongly; nothing when all is as it must be.
    func findings() throws -> [String] {
        let files = try StoreFiles(state: state)
        defer { files.close() }
        var findings: [String] = []
        if let aside = files.journal.setAside { findings.append("the journal was set aside: \(aside)") }
        if let aside = files.replica.setAside { findings.append("the replica was set aside: \(aside)") }
        try checkScans(files.journal, &findings)
        try checkOutbox(files.journal, &findings)
        try checkReplica(files.replica, &findings)
        try checkRegisters(files, &findings)
        return findings
    }

    private func checkScans(_ journal: ScanJournal, _ findings: inout [String]) throws {
        let kept = try journal.scans(limit: 100_000) { _ in true }
        let known = Dictionary(
            kept.map {
                ("\($0.entry.lane) \($0.epoch) \($0.sequence)", String(decoding: $0.entry.data, as: UTF8.self))
            },
            uniquingKeysWith: { $0 + " and " + $1 })
        var told: Set<String> = []
        for note in notes where note[0] == "scan" || note[0] == "unjournaled" {
            let place = note[1...3].joined(separator: " ")
            if !told.insert(place).inserted { findings.append("the number \(place) was told twice") }
            if note[0] == "scan", known[place] != note[4] {
                findings.append("scan \(note[4]) at \(place) is \(known[place] ?? "not there")")
            }
        }
        let lanes = Dictionary(grouping: kept) { "\($0.entry.lane) \($0.epoch)" }
        for (lane, scans) in lanes where scans.map(\.sequence) != Array(1...UInt64(scans.count)) {
            // Numbers that were told while the disk refused, and whose process ended, stay gaps.
            let gaps = Set(1...(scans.last?.sequence ?? 1)).subtracting(scans.map(\.sequence))
            for gap in gaps where !notes.contains(where: { $0[0] == "unjournaled" && $0[3] == "\(gap)" }) {
                findings.append("lane \(lane) has no number \(gap)")
            }
        }
    }

    private func checkOutbox(_ journal: ScanJournal, _ findings: inout [String]) throws {
        var entries: [Int64: OutboxEntry] = [:]
        var last: Int64 = 0
        while true {
            let page = try journal.outbox.entries(after: last)
            guard let end = page.last else { break }
            for entry in page { entries[entry.id] = entry }
            last = end.id
        }
        let sent = Set(notes.filter { $0[0] == "sent" }.map { $0[1] })
        for note in notes where note[0] == "post" {
            guard let entry = Int64(note[1]).flatMap({ entries[$0] }) else {
                findings.append("entry \(note[1]) of the outbox is not there")
                continue
            }
            if sent.contains(note[1]), entry.standing.state != .sent {
                findings.append("entry \(note[1]) was sent and is \(entry.standing.state)")
            }
            if entry.standing.state.isOpen, entry.payload != Array(note[2].utf8) {
                findings.append("entry \(note[1]) holds something else")
            }
        }
        for note in notes where note[0] == "used" {
            let id = journal.redemptions.id(lane: "1", operation: Array(note[1].utf8))
            if try journal.redemptions.redemption(id)?.basket != note[1] {
                findings.append("use \(note[1]) is not there")
            }
        }
        let uses = Set(notes.filter { $0[0] == "used" }.map { $0[1] })
        let drafts = entries.values.filter { $0.kind == "used" && $0.standing.state.isOpen }.map { entry in
            String(decoding: entry.payload, as: UTF8.self)
        }
        // A use and what the outbox says of it are one transaction, acknowledged or not.
        for name in drafts where !uses.contains(name) {
            let id = journal.redemptions.id(lane: "1", operation: Array(name.utf8))
            if try journal.redemptions.redemption(id) == nil {
                findings.append("the outbox tells of use \(name), which is not")
            }
        }
    }

    private func checkReplica(_ replica: Replica, _ findings: inout [String]) throws {
        let count = replica.pagesTaken
        let told = notes.filter { $0[0] == "page" }.compactMap { Int($0[1]) }.max() ?? 0
        // The last page may be there without its acknowledgement.
        guard (min(pagesAtLeast ?? told, told)...told + 1).contains(count) else {
            findings.append("the replica has \(count) pages, and \(told) were acknowledged")
            return
        }
        let expected = Pages(seed: seed).names(after: count)
        let reader = try replica.makeReader()
        for card in Pages(seed: seed).cards {
            let answer = try reader.resolve(Identifier(type: .customerCard, value: card))
            var name: String?
            if case .customer(let customer, _) = answer.resolution { name = customer.name }
            if name != expected[card] {
                findings.append("\(card) is \(name ?? "nobody"), and should be \(expected[card] ?? "nobody")")
            }
        }
        let customers = try replica.status().customers
        if customers != UInt64(expected.count) { findings.append("\(customers) customers, not \(expected.count)") }
    }

    private func checkRegisters(_ files: StoreFiles, _ findings: inout [String]) throws {
        let revoked = Set(notes.filter { $0[0] == "revoked" }.map { $0[1] })
        for note in notes where note[0] == "card" {
            guard let card = try files.cards.card(id: note[1]), card.customer == "K\(note[2])" else {
                findings.append("card \(note[2]) is not there")
                continue
            }
            if revoked.contains(note[1]), card.state == .active { findings.append("card \(note[2]) is good again") }
        }
        for note in notes where note[0] == "member" {
            if try files.members.member(note[1], of: "vipps")?.customer != "K\(note[1])" {
                findings.append("member \(note[1]) is not there")
            }
        }
    }
}
