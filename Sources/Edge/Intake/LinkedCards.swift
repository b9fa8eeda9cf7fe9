import Customers
import Journal
import Storage
import Synchronization
import Systems

/// Cards that were linked to customers in this store, and that their system may not have given back yet: recognised from the moment
/// they are linked. What has not been told yet stands in the outbox, and is known again after a restart.
final class LinkedCards: Sendable {
    /// Cards that are remembered; the oldest make place.
    static let cardsMax = 10_000

    private struct State {
        var customers: [[UInt8]: String] = [:]
        var order: [[UInt8]] = []
    }

    private let state = Mutex(State())

    /// A card becomes a customer's.
    func link(_ code: LabelCode, to customer: String) {
        state.withLock { state in
            for key in code.cardKeys {
                if state.customers.updateValue(customer, forKey: key) == nil { state.order.append(key) }
            }
            while state.order.count > Self.cardsMax { state.customers[state.order.removeFirst()] = nil }
        }
    }

    /// Whose card it is, by the opaque id.
    func customer(_ code: LabelCode) -> String? {
        state.withLock { state in
            guard !state.customers.isEmpty else { return nil }
            for key in code.cardKeys {
                if let customer = state.customers[key] { return customer }
            }
            return nil
        }
    }

    /// Customers are gone, and their cards are nobody's, or their successor's.
    func leave(_ customers: Set<String>, to successor: String?) {
        state.withLock { state in
            if let successor {
                state.customers = state.customers.mapValues { customers.contains($0) ? successor : $0 }
                return
            }
            state.customers = state.customers.filter { !customers.contains($0.value) }
            state.order.removeAll { state.customers[$0] == nil }
        }
    }

    /// Takes up what was linked and has not been told yet.
    func takeUp(_ outbox: Outbox, of systems: [String]) throws(StorageError) {
        for system in systems {
            var last: Int64 = 0
            while true {
                let page = try outbox.entries(system: system, states: [.pending, .sending, .unknown], after: last)
                guard let end = page.last?.id, end > last else { break }
                last = end
                for entry in page where !entry.subject.isEmpty {
                    guard case .card(let binding)? = SystemOrder(payload: entry.payload) else { continue }
                    link(LabelCode(data: Array(binding.card.utf8), family: .none), to: entry.subject)
                }
            }
        }
    }
}
