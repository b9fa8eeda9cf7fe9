import Customers
import Dispatch
import Journal
import Systems

extension ProvisionalCustomers {
    /// What an entry says now counts, so that of two words about one customer the later holds whichever comes first.
    private static let disk = DispatchQueue(label: "countertop.provisional", qos: .utility)

    /// An entry of the outbox stands otherwise: soon it is said of a customer whom the system refused, and no more of one whom
    /// somebody has told anew.
    func look(_ entry: OutboxEntry) {
        guard entry.kind == SystemOrder.Kind.newCustomer.rawValue else { return }
        Self.disk.async { changed(entry) }
    }

    /// As ``look(_:)``, at once. It waits for the disk.
    func changed(_ entry: OutboxEntry) {
        guard let now = try? outbox.entry(entry.id), isOfNewCustomer(now), !now.operation.isEmpty,
            case .newCustomer(let customer)? = SystemOrder(payload: now.payload),
            let present = try? replica.makeReader().customer(id: id(operation: now.operation))
        else { return }
        let isRefused = now.standing.state == .refused
        guard isRefused != present.0.groups.contains(where: { $0.id == Self.refusedGroup.id }) else { return }
        make(customer, operation: now.operation, at: now.standing.createdAt, isRefused: isRefused)
    }

    /// Whom an entry is about that makes him, and who is nobody without it; `nil` for another entry.
    func madeAlone(by entry: OutboxEntry) -> String? {
        guard entry.kind == SystemOrder.Kind.newCustomer.rawValue, !entry.subject.isEmpty, isOfNewCustomer(entry) else {
            return nil
        }
        return entry.subject
    }
}
