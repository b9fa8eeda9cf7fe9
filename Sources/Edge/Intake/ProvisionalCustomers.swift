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
    /// Rows in one transaction.
    private static let pageRows = 1_000
    /// The states in which an entry keeps what it asks for.
    private static let states: [OutboxState] = [.pending, .sending, .unknown, .refused]

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

    /// Fills a local copy that began anew. It waits for the disk, and is done before a feed brings customers, who are then met.
    /// - Parameter systems: those that take new customers, by their names.
    /// - Throws: what the files refuse; the next start tries again.
    func giveBack(of systems: [String]) throws {
        guard try !isWhole else { return }
        var rows: [CustomerRecord] = []
        for system in systems {
            var last: Int64 = 0
            while true {
                let page = try outbox.entries(system: system, states: Self.states, after: last)
                guard let end = page.last?.id, end > last else { break }
                last = end
                for entry in page where isOfNewCustomer(entry) {
                    guard case .newCustomer(let customer)? = SystemOrder(payload: entry.payload) else { continue }
                    rows.append(
                        Self.record(
                            customer, operation: entry.operation, at: entry.standing.createdAt,
                            isRefused: entry.standing.state == .refused))
                }
                while rows.count >= Self.pageRows {
                    try apply(Array(rows.prefix(Self.pageRows)), isLast: false)
                    rows.removeFirst(Self.pageRows)
                }
            }
        }
        // Without anybody to give back nothing is begun.
        if try !rows.isEmpty || replica.feeds().contains(where: { $0.name == Replica.provisionalFeed }) {
            try apply(rows, isLast: true)
        }
    }

    /// Whether the local copy has been given what it lost when it began anew.
    var isWhole: Bool {
        get throws { try replica.feeds().contains { $0.name == Replica.provisionalFeed && $0.isComplete } }
    }

    /// Whether an entry is about somebody whom it makes itself. A new member of another system has an entry as well, which is about
    /// somebody who is known already.
    func isOfNewCustomer(_ entry: OutboxEntry) -> Bool {
        entry.subject.isEmpty || entry.subject == id(operation: entry.operation)
    }

    private func apply(_ rows: [CustomerRecord], isLast: Bool) throws {
        try replica.apply(
            ChangePage(
                feed: Replica.provisionalFeed, cursor: [], isComplete: isLast, groups: [Self.refusedTerms],
                customers: rows.map { .upsert($0) }))
    }

    private static let refusedTerms = GroupTerms(group: refusedGroup, terms: Loyalty())

    private static func record(
        _ customer: NewCustomer, operation: [UInt8], at time: Date, isRefused: Bool
    ) -> CustomerRecord {
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
