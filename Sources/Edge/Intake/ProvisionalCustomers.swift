import Customers
import Foundation
import Journal
import Logging
import Systems

/// Customers who were made in this store and whom their system has not given yet: known in the local copy from the moment they
/// were made, and again in one that began anew. What has not been told, or was refused, stands in the outbox with all that makes
/// them; whom their system took, it gives. Whom it refused is said to be one of these, and whom somebody gives up goes.
struct ProvisionalCustomers: Sendable {
    /// The group of those whom their system refused, until somebody has it told anew or gives them up.
    static let refusedGroup = Customers.Group(id: "join-refused", name: "Refused by their system")
    static let refusedTerms = GroupTerms(group: refusedGroup, terms: Loyalty())

    let replica: Replica
    let outbox: Outbox

    /// The opaque id of the customer whom an operation makes.
    func id(operation: [UInt8]) -> String {
        replica.customerID(feed: Replica.provisionalFeed, key: operation.hexadecimal)
    }

    /// Makes one. What cannot be written into the local copy is no reason to refuse: the system gives the customer all the same.
    /// - Parameter isRefused: whether the system has refused him.
    func make(_ customer: NewCustomer, operation: [UInt8], at time: Date, isRefused: Bool = false) {
        let record = Self.record(customer, operation: operation, at: time, isRefused: isRefused)
        _ = try? replica.addProvisional(record, groups: isRefused ? [Self.refusedTerms] : [])
    }

    /// Whether an entry is about somebody whom it makes itself. A new member of another system has an entry as well, which is about
    /// somebody who is known already.
    func isOfNewCustomer(_ entry: OutboxEntry) -> Bool {
        entry.subject.isEmpty || entry.subject == id(operation: entry.operation)
    }

    /// - Parameter isRefused: whether the system has refused him.
    static func record(_ customer: NewCustomer, operation: [UInt8], at time: Date, isRefused: Bool) -> CustomerRecord {
        var record = CustomerRecord(key: operation.hexadecimal, name: customer.name, changedAt: time)
        if isRefused { record.groupIDs = [refusedGroup.id] }
        record.firstName = customer.name.split(separator: " ").first.map(String.init) ?? ""
        for (type, value) in [
            (IdentifierType.customerCard, customer.card), (.phone, customer.phone), (.email, customer.email),
        ] {
            if let value { record.identifiers.append(Identifier(type: type, value: value)) }
        }
        record.permissions = customer.permissions.sorted { $0.key < $1.key }.map { name, isGranted in
            Permission(name: name, granted: isGranted, consentText: "", changedAt: time)
        }
        return record
    }
}

extension [UInt8] {
    /// As hexadecimal digits.
    fileprivate var hexadecimal: String {
        map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    }
}
