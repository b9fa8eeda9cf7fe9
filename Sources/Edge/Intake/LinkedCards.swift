import Customers
import Journal
import Storage
import Synchronization
import Systems

/// Cards that were linked to customers in this store, and that their system may not have given back yet: recognised from the moment
/// they are linked, until the system refuses them or somebody gives them up. What has not been told yet stands in the outbox, and is
/// known again after a restart.
final class LinkedCards: Sendable {
    /// Cards that are remembered; the oldest make place.
    static let cardsMax = 10_000

    private struct Link {
        var customer: String
        /// The entry of the outbox by which the system learns of it.
        let entry: Int64
    }

    private struct State {
        var links: [[UInt8]: Link] = [:]
        var order: [[UInt8]] = []
    }

    private let state = Mutex(State())

    /// A card becomes a customer's, unless a later entry has made it somebody's already.
    func link(_ code: LabelCode, to customer: String, entry: Int64) {
        state.withLock { state in
            for key in code.cardKeys {
                let known = state.links[key]
                guard known.map({ $0.entry <= entry }) ?? true else { continue }
                state.links[key] = Link(customer: customer, entry: entry)
                if known == nil { state.order.append(key) }
            }
            while state.order.count > Self.cardsMax { state.links[state.order.removeFirst()] = nil }
        }
    }

    /// Whose card it is, by the opaque id.
    func customer(_ code: LabelCode) -> String? {
        state.withLock { state in
            guard !state.links.isEmpty else { return nil }
            for key in code.cardKeys {
                if let link = state.links[key] { return link.customer }
            }
            return nil
        }
    }

    /// Customers are gone, and their cards are nobody's, or their successor's.
    func leave(_ customers: Set<String>, to successor: String?) {
        if let successor {
            state.withLock { state in
                for (key, link) in state.links where customers.contains(link.customer) {
                    state.links[key]?.customer = successor
                }
            }
        } else {
            remove { customers.contains($0.customer) }
        }
    }

    private func remove(where isGone: (Link) -> Bool) {
        state.withLock { state in
            let before = state.links.count
            state.links = state.links.filter { !isGone($0.value) }
            if state.links.count < before { state.order.removeAll { state.links[$0] == nil } }
        }
    }

    // MARK: The outbox

    /// An entry of the outbox stands otherwise. A card that its system does not take, or that somebody gave up, is nobody's; one that
    /// a person has told once more is its customer's again.
    func changed(_ entry: OutboxEntry) {
        guard entry.kind == Self.kind else { return }
        switch entry.standing.state {
        case .refused, .dropped: remove { $0.entry == entry.id }
        case .pending, .sending, .unknown: takeUp(entry)
        case .sent: break
        }
    }

    /// Takes up what was linked and has not been told yet.
    func takeUp(_ outbox: Outbox, of systems: [String]) throws(StorageError) {
        for system in systems {
            var last: Int64 = 0
            while true {
                let page = try outbox.undelivered(Self.kind, to: system, after: last)
                guard let end = page.last?.id, end > last else { break }
                last = end
                for entry in page where entry.standing.state.isOpen { takeUp(entry) }
            }
        }
    }

    private func takeUp(_ entry: OutboxEntry) {
        guard !entry.subject.isEmpty, case .card(let binding)? = SystemOrder(payload: entry.payload) else { return }
        link(LabelCode(data: Array(binding.card.utf8), family: .none), to: entry.subject, entry: entry.id)
    }

    private static let kind = SystemOrder.Kind.card.rawValue
}
