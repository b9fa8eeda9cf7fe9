import Customers
import Foundation
import Logging
import Systems

/// A member's way from the enrolment into the local copy and to other systems. It is written down with the member, and gone at its end:
/// whatever stops the edge in between, the next start finds what is left to do.
struct MemberEntry: Codable, Sendable, Equatable {
    /// The system's own identity of the member.
    let subject: String
    /// The id of the enrolment, by which other systems are told once.
    let enrolment: String
    /// Whether other systems are told: whoever was a member before is none anew.
    let isNew: Bool

    /// Under which it is kept. No enrolment under way has such an id.
    var id: String { "member \(enrolment)" }
}

/// Brings members in.
struct MemberEntries: Sendable {
    /// The systems that are told of a new member.
    let toldSystems: [String]
    /// The system's name, which is that of the members' feed.
    let system: String
    let replica: Replica
    let register: MemberRegister
    let systems: StoreSystems
    let logger: Logger

    /// Writes a member down, with what is left to do.
    func begin(_ entry: MemberEntry, of member: Member) throws {
        try register.keep(member, of: system, with: (entry.id, Array(try JSONEncoder().encode(entry))))
    }

    /// Puts a member into the local copy, and has other systems told. Doing it twice does no more than once. What cannot be told now
    /// is left for later.
    func finish(_ entry: MemberEntry, of member: Member) throws {
        if let record = member.record {
            try replica.apply(ChangePage(feed: system, cursor: [1], isComplete: true, customers: [.upsert(record)]))
            if entry.isNew, !tell(record, member, entry.enrolment) { return }
        }
        try register.keep(enrolment: entry.id, nil)
    }

    /// Goes on with what an edge left that ended amid it, or that could not be told.
    func finishAll() {
        do {
            for bytes in try register.enrolments() {
                guard let entry = try? JSONDecoder().decode(MemberEntry.self, from: Data(bytes)) else { continue }
                if let member = try register.member(entry.subject, of: system) {
                    try finish(entry, of: member)
                } else {
                    // The member was erased since.
                    try register.keep(enrolment: entry.id, nil)
                }
            }
        } catch {
            logger.error(
                "A new member is not in the local copy yet; it is tried again. Check the disk.",
                metadata: ["cause": "\(error)"])
        }
    }

    /// Has other systems told of a new member, as of somebody who joins at the till.
    private func tell(_ record: CustomerRecord, _ member: Member, _ enrolment: String) -> Bool {
        guard !toldSystems.isEmpty else { return true }
        let value = { (type: Customers.IdentifierType) in record.identifiers.first { $0.type == type }?.value }
        let newcomer = NewCustomer(
            name: record.name, phone: value(.phone), email: value(.email),
            permissions: Dictionary(
                member.permissions.filter { $0.name != Self.membership }.map { ($0.name, $0.granted) }
            ) { $1 })
        let isTold = systems.tell(newcomer, to: toldSystems, subject: member.customer, enrolment: enrolment)
        if !isTold {
            logger.error(
                "Other systems do not learn of a new member yet: the outbox takes nothing more. Look at it: countertop outbox.",
                metadata: ["customer": "\(member.customer)"])
        }
        return isTold
    }

    /// The permission that stands for being a member.
    private static let membership = "membership"
}
