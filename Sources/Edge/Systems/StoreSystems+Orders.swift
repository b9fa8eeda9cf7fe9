import Customers
import Foundation
import Journal
import Systems
import Wire

extension StoreSystems {
    /// What systems outside are to learn of a basket that was paid with a customer in it.
    func drafts(paid closing: Closing, basket: String, lane: String, customer: Customers.Customer) -> [OutboxDraft] {
        guard closing.outcome == .paid else { return [] }
        let sale = closing.saleId.isEmpty ? "\(lane)-\(basket)" : closing.saleId
        let report = SaleReport(
            sale: sale, at: Date(), customer: CustomerAddress(customer), totalMinor: closing.total?.minorUnits ?? 0,
            lines: closing.lines.map { line in
                SaleReport.Line(
                    gtin: line.gtin, description: line.description, quantityThousandths: line.quantityThousandths,
                    totalMinor: line.total?.minorUnits ?? 0)
            })
        // A till that has no number for its sales may use one of a basket again another day.
        let operation = closing.saleId.isEmpty ? UUID().uuidString : closing.saleId
        return orderReceivers.filter { $0.takes(.sale(report)) && $0.knows(report.customer) }.map { receiver in
            OutboxDraft(
                .sale(report), to: Self.salesQueue(receiver.client.name),
                operation: Array("sale \(operation)".utf8.prefix(OutboxLimits.operationBytesMax)), subject: customer.id)
        }
    }

    /// What systems outside are to learn of who is in an order of theirs.
    /// - Parameters:
    ///   - customer: `nil` for nobody.
    ///   - told: the systems that know of somebody in it: one that does not know the customer learns that nobody is.
    func drafts(
        order: String, lane: String, customer: Customers.Customer?, told: Set<String>
    ) -> [OutboxDraft] {
        let address = customer.map { CustomerAddress($0) }
        return orderReceivers.compactMap { receiver in
            let known = address.flatMap { receiver.knows($0) ? $0 : nil }
            let place = SystemOrder.orderCustomer(OrderCustomer(order: order, lane: lane, customer: known))
            guard receiver.takes(place), known != nil || told.contains(receiver.client.name) else { return nil }
            return OutboxDraft(
                place, to: receiver.client.name, operation: Array("order \(UUID().uuidString)".utf8),
                subject: known == nil ? "" : customer?.id ?? "")
        }
    }

    /// Has systems told of a new member, each once for an enrolment. It waits for the disk.
    /// - Parameters:
    ///   - names: the systems.
    ///   - enrolment: by which he became one: who left and comes back is told of anew.
    /// - Returns: whether each of them is sure to learn of it.
    func tell(_ member: NewCustomer, to names: [String], subject: String, enrolment: String) -> Bool {
        let order = SystemOrder.newCustomer(member)
        var isTold = true
        for receiver in orderReceivers where names.contains(receiver.client.name) && receiver.takes(order) {
            isTold =
                post(
                    OutboxDraft(
                        order, to: receiver.client.name, operation: Array("member \(enrolment)".utf8), subject: subject)
                )
                && isTold
        }
        return isTold
    }

    /// The first system that knows of benefits.
    var benefitSource: (any BenefitSource)? { entries.lazy.compactMap { $0.connector as? any BenefitSource }.first }

    /// The first system by which customers are enrolled at the till.
    var enroller: (any Enroller)? { entries.lazy.compactMap { $0.connector as? any Enroller }.first }

    /// The personal codes of the first system that has any.
    var personalCodes: (any PersonalCodes)? {
        entries.lazy.compactMap { $0.connector as? any PersonalCodeSource }.first?.codes
    }

    /// The first system that tells staff of customers' events.
    var eventSource: (any EventSource)? {
        entries.lazy.compactMap { $0.connector as? any EventSource }.first { $0.showsEvents }
    }

    /// What the system that knows of benefits is to learn of a redemption; `nil` when there is none, or it cannot find the customer.
    func draft(_ redemption: Journal.Redemption, isUsed: Bool, of customer: Customers.Customer) -> OutboxDraft? {
        guard let source = benefitSource else { return nil }
        let order = SystemOrder.benefit(
            BenefitReport(
                customer: CustomerAddress(customer), benefit: redemption.benefit, isUsed: isUsed,
                at: redemption.changedAt))
        guard source.takes(order), source.knows(CustomerAddress(customer)) else { return nil }
        return OutboxDraft(
            order, to: source.client.name, operation: redemption.id + Array(order.kind.rawValue.utf8),
            subject: redemption.customer)
    }

    /// The system that a customer's change goes to: the one the customer comes from, when it takes such changes, or the first that
    /// does and can find him.
    /// - Parameter source: where the customer comes from.
    func receiver(of order: SystemOrder, for customer: CustomerAddress, source: String) -> (any OrderReceiver)? {
        let takers = orderReceivers.filter { $0.takes(order) && $0.knows(customer) }
        return takers.first { $0.client.name == source } ?? takers.first
    }
}

extension CustomerAddress {
    init(_ customer: Customers.Customer) {
        let values = { (type: Customers.IdentifierType) in
            customer.identifiers.filter { $0.type == type }.map(\.value)
        }
        self.init(
            externalIDs: values(.externalID), phone: values(.phone).first, email: values(.email).first)
    }
}
