import Customers
import Foundation
import Journal
import Storage
import Synchronization
import Systems
import Transport
import Wire

/// What staff see of a customer: the local copy, the store's own ledger, and what a system outside tells of the customer's events,
/// kept in memory for when it cannot be asked.
final class CustomerViews: Sendable {
    /// Customers whose events are kept.
    private static let customersMax = 200
    /// What this store itself knows.
    private static let ownSource = "store"

    private struct Told {
        var events: [Systems.CustomerEvent]
        var at: Date
    }

    private let recogniser: Recogniser
    private let journal: ScanJournal
    private let systems: StoreSystems
    private let now: @Sendable () -> Date
    private let told = Mutex<[String: Told]>([:])
    /// The ledger waits for the disk.
    private let queue = DiskQueue("views")

    init(recogniser: Recogniser, journal: ScanJournal, systems: StoreSystems, now: @escaping @Sendable () -> Date) {
        (self.recogniser, self.journal, self.systems, self.now) = (recogniser, journal, systems, now)
    }

    /// - Throws: ``Wire/Status`` CUSTOMER_UNKNOWN, or what the files refuse.
    func view(_ id: String) async throws(Status) -> CustomerView {
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
        let own = try await queue.run { [journal] () throws(Status) in try Self.uses(of: id, in: journal) }
        var view = CustomerView(
            customer: Wire.Customer(customer), provenance: Wire.Provenance(provenance), events: own)
        if let source = systems.eventSource {
            let (events, provenance) = await events(of: customer, source)
            view.events += events
            view.eventsProvenance = Wire.Provenance(provenance)
        }
        view.events = Array(view.events.sorted { $0.atUnixMs > $1.atUnixMs }.prefix(EventLimits.shownMax))
        return view
    }

    /// Nothing is known of an erased customer any more.
    func forget(_ customers: Set<String>) { told.withLock { told in for id in customers { told[id] = nil } } }

    /// What the store's ledger knows.
    private static func uses(of customer: String, in journal: ScanJournal) throws(Status) -> [Wire.CustomerEvent] {
        let all: [Journal.Redemption]
        do throws(StorageError) {
            all = try journal.redemptions.redemptions(of: customer)
        } catch {
            throw Status(.journalUnreadable, error.message)
        }
        return all.map { redemption in
            let kind =
                switch BenefitUse.State(rawValue: redemption.state) ?? .redeemed {
                case .reserved: "BENEFIT_RESERVED"
                case .redeemed: "BENEFIT_USED"
                case .released: "BENEFIT_RELEASED"
                }
            return Wire.CustomerEvent(
                atUnixMs: milliseconds(redemption.changedAt), kind: kind, text: redemption.benefit, source: ownSource)
        }
    }

    private static func milliseconds(_ date: Date) -> Int64 { Int64(date.timeIntervalSince1970 * 1_000) }

    // MARK: What is told outside

    private func events(
        of customer: Customers.Customer, _ source: any EventSource
    ) async -> (events: [Wire.CustomerEvent], provenance: Customers.Provenance) {
        let name = source.client.name
        do throws(SystemsError) {
            hear(try await source.events(of: CustomerAddress(customer)), of: customer.id)
        } catch {
            // What was told last is shown with its age, and the system's state says why.
        }
        guard let known = told.withLock({ $0[customer.id] }) else {
            return ([], Customers.Provenance(source: name, ageMilliseconds: 0, complete: false))
        }
        let age = UInt64(max(0, now().timeIntervalSince(known.at)) * 1_000)
        let events = known.events.map { event in
            Wire.CustomerEvent(
                atUnixMs: Self.milliseconds(event.at), kind: event.kind, text: event.text, source: name,
                totalHundredths: event.totalMinor)
        }
        return (events, Customers.Provenance(source: name, ageMilliseconds: age, complete: true))
    }

    func hear(_ events: [Systems.CustomerEvent], of customer: String) {
        let time = now()
        told.withLock { told in
            if told.count >= Self.customersMax, told[customer] == nil,
                let oldest = told.min(by: { $0.value.at < $1.value.at })
            {
                told[oldest.key] = nil
            }
            told[customer] = Told(events: events, at: time)
        }
        // The customer may be gone since: then the erasure has been here before the answer.
        if (try? recogniser.askAnew { try $0.customer(id: customer) }) == nil { forget([customer]) }
    }

    /// Whether anything that was told of a customer is kept.
    func knows(_ customer: String) -> Bool { told.withLock { $0[customer] != nil } }
}
