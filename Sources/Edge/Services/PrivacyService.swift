import Cards
import Customers
import Foundation
import Journal
import Storage
import Systems
import Transport
import Wire

/// Answers `countertop.v1.Privacy`.
struct PrivacyService: Sendable {
    /// Uses, entries and scans in one answer.
    private static let listedMax = 100
    /// Bytes of the texts that were agreed to, in one answer.
    private static let consentBytesMax = 16_384

    let erasure: StoreErasure
    let recogniser: Recogniser
    let replica: Replica
    let journal: ScanJournal
    /// The store's own cards; `nil` when it never issued one.
    let cards: CardRegister?
    let enrolments: StoreEnrolments
    let lanes: StoreLanes
    let audit: AuditLog
    let answers: StoredAnswers
    let feeds: StoreFeeds
    /// Exports look at every scan, which takes seconds with a million of them.
    let queue = DiskQueue("privacy")

    func register(in router: inout CallRouter) {
        registerReadmission(in: &router)
        let service = self
        router.unaryAsync("countertop.v1.Privacy/Export") {
            (request: ExportCustomerRequest, context) async throws(Status) in
            service.audit.note(context.caller, "Privacy/Export", customer: request.customer)
            return try await service.export(request.customer)
        }
        router.change("countertop.v1.Privacy/Erase", answers) {
            (request: EraseCustomerRequest, context) async throws(Status) in
            guard !request.customer.isEmpty else { throw Status(.argumentInvalid, "The request names no customer.") }
            service.audit.note(context.caller, "Privacy/Erase", customer: request.customer)
            return try await service.queue.run(for: context) { () throws(Status) in try service.erase(request.customer)
            }
        }
    }

    private func registerReadmission(in router: inout CallRouter) {
        let service = self
        router.change("countertop.v1.Privacy/Readmit", answers) {
            (request: ReadmitCustomerRequest, context) async throws(Status) in
            let customer = try service.subject(of: request)
            service.audit.note(context.caller, "Privacy/Readmit", customer: customer)
            return try await service.queue.run(for: context) { () throws(Status) in
                try service.readmit(customer, feed: request.feed)
            }
        }
    }

    private func subject(of request: ReadmitCustomerRequest) throws(Status) -> String {
        guard request.feed.isEmpty == request.key.isEmpty, request.feed.isEmpty != request.customer.isEmpty else {
            throw Status(.argumentInvalid, "The request names a customer by id, or by feed and key.")
        }
        return request.customer.isEmpty
            ? replica.customerID(feed: request.feed, key: request.key) : request.customer
    }

    private func readmit(_ customer: String, feed: String) throws(Status) -> ReadmitCustomerAnswer {
        let found: Bool
        do {
            found = try erasure.readmit(customer)
        } catch {
            throw Status(
                .replicaUnreadable,
                "The tombstone cannot be taken away now. Check the edge's disk, and ask again.")
        }
        // Whoever asks once more may do so because the reading before failed: only what is read from the front has him.
        let isRead = feeds.runners.contains { $0.name == feed }
        if isRead { feeds.runAnew(feed) }
        return ReadmitCustomerAnswer(found: found, reading: isRead)
    }

    private func erase(_ customer: String) throws(Status) -> EraseCustomerAnswer {
        do {
            let (found, outcome) = try erasure.erase(customer, wipes: true)
            return EraseCustomerAnswer(
                found: found, scans: UInt32(clamping: outcome.scans), entries: UInt32(clamping: outcome.entries),
                scrubbed: outcome.isScrubbed, told: outcome.told.sorted().joined(separator: ", "))
        } catch {
            throw Status(
                .replicaUnreadable,
                "The customer cannot be removed from everything now. What is left is removed when the disk allows: check "
                    + "the edge's disk, and ask again.")
        }
    }

    private func export(_ id: String) async throws(Status) -> ExportCustomerAnswer {
        let lanes = await lanes.lanes(of: id)
        return try await queue.run { () throws(Status) in try kept(id, lanes) }
    }

    private func keptCards(_ id: String) throws(Status) -> [Wire.Card] {
        do throws(CardsError) {
            return try (cards?.cards(of: id) ?? []).prefix(Self.listedMax).map { Wire.Card($0) }
        } catch {
            throw Status(error)
        }
    }

    private func keptEnrolments(_ id: String) throws(Status) -> [KeptEnrolment] {
        let enrolled: [(system: String, member: Member)]
        do throws(CustomersError) {
            enrolled = try enrolments.members()?.enrolled(customer: id) ?? []
        } catch {
            throw Status(.journalUnreadable, error.message)
        }
        // A frame has its bound; what was agreed to is in the record of the local copy as well.
        var room = Self.consentBytesMax
        return enrolled.prefix(Self.listedMax).map { system, member in
            KeptEnrolment(
                system: system, subject: member.subject, enrolledAtUnixMs: member.enrolledAt.unixMilliseconds,
                permissions: member.permissions.map { permission in
                    var kept = Wire.Permission(permission)
                    room -= kept.consentText.utf8.count
                    if room < 0 { kept.consentText = "" }
                    return kept
                })
        }
    }

    private func kept(_ id: String, _ lanes: [String]) throws(Status) -> ExportCustomerAnswer {
        let found: (Customers.Customer, Customers.Provenance)?
        do {
            found = try recogniser.ask { try $0.customer(id: id) }
        } catch {
            throw Status(replica: error)
        }
        guard let (customer, provenance) = found else {
            throw Status(
                .customerUnknown, "The local copy has no customer with that id. It may have been removed or merged.")
        }
        let enrolments = try keptEnrolments(id)
        let cards = try keptCards(id)
        do throws(StorageError) {
            let codes = DepartedCodes(
                customer.identifiers + (try FormerCodes.all(of: id, in: journal)), region: replica.region,
                patterns: replica.patterns)
            let scans = try journal.scans(limit: Self.listedMax) { codes.contains(LabelCode($0, family: .none)) }
            return ExportCustomerAnswer(
                customer: Wire.Customer(customer), provenance: Wire.Provenance(provenance),
                redemptions: try journal.redemptions.redemptions(of: id).suffix(Self.listedMax).map {
                    Wire.Redemption($0)
                },
                outbox: try journal.outbox.entries(of: id, limit: Self.listedMax).map { Wire.OutboxEntry($0) },
                scans: scans.map { scan in
                    KeptScan(
                        lane: scan.entry.lane, epoch: scan.epoch, sequence: scan.sequence,
                        scannedAtUnixMs: scan.entry.scannedAt.unixMilliseconds, code: scan.entry.data,
                        device: scan.entry.device)
                }, lanes: lanes, cards: cards, enrolments: enrolments)
        } catch {
            throw Status(.journalUnreadable, error.message)
        }
    }
}
