import Customers
import Foundation
import Journal
import Storage
import Systems

/// Customers who joined at the till, and whom their system may not have given back yet: each is known in this store at once, and goes
/// on as the one whom the system gives later. The outbox holds whoever it has not been told of, so that a start finds those whom the
/// local copy lost, or never got before the edge ended.
struct JoinedCustomers: Sendable {
    let replica: Replica

    /// Takes a customer in. What cannot be written into the local copy is no reason to refuse anything: the system gives the customer
    /// all the same. It waits for the disk.
    /// - Parameter operation: of the call that asked for it.
    func add(_ customer: NewCustomer, operation: [UInt8], at time: Date) {
        var record = CustomerRecord(key: operation.hexadecimal, name: customer.name, changedAt: time)
        record.firstName = customer.name.split(separator: " ").first.map(String.init) ?? ""
        for (type, value) in [
            (Customers.IdentifierType.customerCard, customer.card), (.phone, customer.phone), (.email, customer.email),
        ] {
            if let value { record.identifiers.append(Customers.Identifier(type: type, value: value)) }
        }
        record.permissions = customer.permissions.sorted { $0.key < $1.key }.map { name, isGranted in
            Customers.Permission(name: name, granted: isGranted, consentText: "", changedAt: time)
        }
        _ = try? replica.addProvisional(record)
    }

    /// Takes up whoever has joined, has not been told of yet, and is not known. A new member of another system has an entry as well,
    /// which is about somebody who is known already.
    func takeUp(_ outbox: Outbox, of systems: [String]) throws(StorageError) {
        guard let reader = try? replica.makeReader() else { return }
        for system in systems {
            var last: Int64 = 0
            while true {
                let page = try outbox.undelivered(SystemOrder.Kind.newCustomer.rawValue, to: system, after: last)
                guard let end = page.last?.id, end > last else { break }
                last = end
                for entry in page where entry.standing.state.isOpen {
                    let own = replica.customerID(feed: Replica.provisionalFeed, key: entry.operation.hexadecimal)
                    guard entry.subject.isEmpty || entry.subject == own else { continue }
                    guard case .newCustomer(let customer)? = SystemOrder(payload: entry.payload) else { continue }
                    reader.releaseRead()
                    if isKnown(customer, to: reader) { continue }
                    add(customer, operation: entry.operation, at: entry.standing.createdAt)
                }
            }
        }
    }

    /// Whether the local copy has somebody of that name with one of the customer's addresses: the customer, as he was taken in before or
    /// as another source gave him since.
    private func isKnown(_ customer: NewCustomer, to reader: ReplicaReader) -> Bool {
        let words = Set(NameFolding.words(customer.name))
        let addresses = [(Customers.IdentifierType.phone, customer.phone), (.email, customer.email)]
        return addresses.contains { type, value in
            guard let value, let answer = try? reader.resolve(Customers.Identifier(type: type, value: value)) else {
                return false
            }
            let others =
                switch answer.resolution {
                case .customer(let other, _): [other]
                case .ambiguous(let others, _): others
                default: [Customers.Customer]()
                }
            return others.contains { other in
                let names = Set(NameFolding.words(other.name))
                return names.isSubset(of: words) || words.isSubset(of: names)
            }
        }
    }
}

extension [UInt8] {
    /// As hexadecimal digits.
    fileprivate var hexadecimal: String {
        map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    }
}
