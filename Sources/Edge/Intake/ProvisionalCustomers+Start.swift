import Customers
import Journal
import Storage
import Systems

extension ProvisionalCustomers {
    /// Makes whoever joined and is not known, because the edge ended between what it wrote into the outbox and the local copy, and
    /// says of whom the system refused that it did. A copy that began anew is given all of them in another way: ``giveBack(of:)``.
    /// - Throws: ``StorageError`` when the outbox cannot be read.
    func takeUp(of systems: [String]) throws(StorageError) {
        guard (try? isWhole) ?? false, let reader = try? replica.makeReader() else { return }
        for system in systems {
            var last: Int64 = 0
            while true {
                let page = try outbox.undelivered(SystemOrder.Kind.newCustomer.rawValue, to: system, after: last)
                guard let end = page.last?.id, end > last else { break }
                last = end
                for entry in page where isOfNewCustomer(entry) {
                    guard entry.standing.state.isOpen else {
                        changed(entry)
                        continue
                    }
                    guard case .newCustomer(let customer)? = SystemOrder(payload: entry.payload) else { continue }
                    reader.releaseRead()
                    if isKnown(customer, to: reader) { continue }
                    make(customer, operation: entry.operation, at: entry.standing.createdAt)
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
