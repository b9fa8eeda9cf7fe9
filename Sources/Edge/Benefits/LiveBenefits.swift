import Customers
import Foundation
import Synchronization
import Systems

/// What systems outside said last of customers' benefits, kept in memory: newer than what the local copy has of them.
final class LiveBenefits: Sendable {
    /// Customers of whom it is kept.
    private static let customersMax = 1_000

    private struct Said {
        var benefits: [Customers.Benefit]
        var source: String
        var at: Date
        /// `nil` while the system answers.
        var offline: OfflineBenefits?
    }

    private let said = Mutex<[String: Said]>([:])

    /// A system answered.
    func heard(_ benefits: [Customers.Benefit], of customer: String, from source: String, at time: Date) {
        said.withLock { said in
            if said.count >= Self.customersMax, said[customer] == nil,
                let oldest = said.min(by: { $0.value.at < $1.value.at })
            {
                said[oldest.key] = nil
            }
            said[customer] = Said(benefits: benefits, source: source, at: time, offline: nil)
        }
    }

    /// A system did not answer. What it said before stays known, and ages; of what the local copy has the same rule holds.
    func missed(_ customer: Customers.Customer, from source: String, _ offline: OfflineBenefits) {
        said.withLock { said in
            var known = said[customer.id] ?? Said(benefits: customer.benefits, source: source, at: .distantPast)
            known.offline = offline
            said[customer.id] = known
        }
    }

    /// Nothing is known of customers who are gone.
    func forget(_ customers: Set<String>) { said.withLock { said in for id in customers { said[id] = nil } } }

    /// Whether anything is known of a customer.
    func knows(_ customer: String) -> Bool { said.withLock { $0[customer] != nil } }

    /// The customer with the benefits that are known best.
    func known(_ customer: Customers.Customer) -> Customers.Customer {
        guard let known = said.withLock({ $0[customer.id] }), known.at > .distantPast else { return customer }
        var customer = customer
        customer.benefits = known.benefits
        return customer
    }

    /// Whether a benefit may be used although its system may not answer.
    func allows(_ benefit: Customers.Benefit, of customer: String) -> Bool {
        said.withLock { $0[customer]?.offline }?.allow(benefit) ?? true
    }

    /// Where the benefits come from, and how old they are; `nil` for the local copy.
    func provenance(of customer: String, now: Date) -> Customers.Provenance? {
        guard let known = said.withLock({ $0[customer] }), known.at > .distantPast else { return nil }
        let age = max(0, now.timeIntervalSince(known.at)) * 1_000
        return Customers.Provenance(source: known.source, ageMilliseconds: UInt64(age), complete: true)
    }
}

extension StoreBenefits {
    /// Asks the system that knows of benefits for a customer's, before a till is told of them. It takes a few seconds at most, and
    /// whatever it says the till is answered.
    func ask(_ id: String) async {
        guard let source = systems.benefitSource, let (customer, _) = try? recogniser.ask({ try $0.customer(id: id) })
        else {
            return
        }
        do throws(SystemsError) {
            let benefits = try await source.benefits(of: CustomerAddress(customer))
            live.heard(benefits, of: id, from: source.client.name, at: now())
        } catch {
            live.missed(customer, from: source.client.name, source.offlineBenefits)
        }
        // The customer may be gone since: then the erasure has been here before the answer.
        if (try? recogniser.askAnew { try $0.customer(id: id) }) == nil { live.forget([id]) }
    }
}
