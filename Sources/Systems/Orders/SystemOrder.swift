package import Foundation
package import Journal

/// What a system outside is told: the payload of an entry of the outbox.
package enum SystemOrder: Sendable, Equatable, Codable {
    case newCustomer(NewCustomer)
    case customerChange(CustomerEdit)
    case permission(PermissionChange)
    case bonusChange(BonusChange)
    case card(CardBinding)
    case orderCustomer(OrderCustomer)
    case sale(SaleReport)
    case benefit(BenefitReport)

    /// What an order is, by the word that people see of it in the outbox.
    package enum Kind: String, Sendable {
        case newCustomer = "customer_new"
        case customerChange = "customer_change"
        case permission
        case bonusChange = "bonus_change"
        case card
        case orderCustomer = "order_customer"
        case sale
        case benefitUsed = "benefit_used"
        case benefitReleased = "benefit_released"
    }

    /// What the outbox calls it.
    package var kind: Kind {
        switch self {
        case .newCustomer: .newCustomer
        case .customerChange: .customerChange
        case .permission: .permission
        case .bonusChange: .bonusChange
        case .card: .card
        case .orderCustomer: .orderCustomer
        case .sale: .sale
        case .benefit(let use): use.isUsed ? .benefitUsed : .benefitReleased
        }
    }

    /// The word for what it says the present state of; `nil` when it tells of something that happened.
    var place: String? {
        guard case .orderCustomer(let place) = self else { return nil }
        return "order \(place.order)"
    }

    package var payload: [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        encoder.dateEncodingStrategy = .millisecondsSince1970
        // Nothing in an order is without a form in JSON.
        return (try? encoder.encode(self)).map(Array.init) ?? []
    }

    /// - Returns: `nil` for what no version of this program wrote.
    package init?(payload: [UInt8]) {
        let decoder = JSONDecoder()
        decoder.dateDecodingStrategy = .millisecondsSince1970
        guard let order = try? decoder.decode(SystemOrder.self, from: Data(payload)) else { return nil }
        self = order
    }
}

extension SystemOrder {
    /// The same order about somebody as whom its customer goes on. A balance that was the customer's own is asked for anew.
    package func readdressed(to customer: CustomerAddress) -> SystemOrder {
        switch self {
        case .newCustomer: return self
        case .customerChange(var edit):
            edit.customer = customer
            return .customerChange(edit)
        case .permission(var change):
            change.customer = customer
            return .permission(change)
        case .bonusChange(var change):
            (change.customer, change.before) = (customer, nil)
            return .bonusChange(change)
        case .card(var binding):
            binding.customer = customer
            return .card(binding)
        case .orderCustomer(var place):
            if place.customer != nil { place.customer = customer }
            return .orderCustomer(place)
        case .sale(var sale):
            sale.customer = customer
            return .sale(sale)
        case .benefit(var use):
            use.customer = customer
            return .benefit(use)
        }
    }
}

extension OutboxDraft {
    /// An order as it goes into the outbox.
    /// - Parameters:
    ///   - subject: the opaque id of the customer whose orders keep their order; empty for nobody's.
    ///   - request: the call that asked for it; `nil` when none did.
    package init(
        _ order: SystemOrder, to system: String, operation: [UInt8], subject: String = "",
        request: OutboxRequest? = nil
    ) {
        self.init(
            system: system, kind: order.kind.rawValue, operation: operation, subject: subject, payload: order.payload,
            request: request, place: order.place)
    }
}

/// How a system outside finds a customer.
package struct CustomerAddress: Sendable, Equatable, Codable {
    /// The customer's numbers in systems outside.
    package var externalIDs: [String]
    /// E.164 with its plus sign.
    package var phone: String?
    package var email: String?

    package init(externalIDs: [String] = [], phone: String? = nil, email: String? = nil) {
        self.externalIDs = externalIDs
        self.phone = phone
        self.email = email
    }
}

/// Somebody who becomes a customer at the till.
package struct NewCustomer: Sendable, Equatable, Codable {
    package var name: String
    /// E.164 with its plus sign.
    package var phone: String?
    package var email: String?
    /// The group, by its id in the system; empty for the one that the configuration names.
    package var group: String
    /// A card that was scanned and is nobody's.
    package var card: String?
    /// What the customer allows.
    package var permissions: [String: Bool]

    package init(
        name: String, phone: String? = nil, email: String? = nil, group: String = "", card: String? = nil,
        permissions: [String: Bool] = [:]
    ) {
        self.name = name
        self.phone = phone
        self.email = email
        self.group = group
        self.card = card
        self.permissions = permissions
    }
}

/// Personal data that were corrected in the store.
package struct CustomerEdit: Sendable, Equatable, Codable {
    package enum Field: String, Sendable, Codable, CaseIterable {
        case name, phone, email
    }

    package var customer: CustomerAddress
    /// What the store knew when it was corrected, to see whether somebody else has corrected it meanwhile.
    package var before: [Field: String]
    package var after: [Field: String]

    package init(customer: CustomerAddress, before: [Field: String], after: [Field: String]) {
        self.customer = customer
        self.before = before
        self.after = after
    }
}

package struct PermissionChange: Sendable, Equatable, Codable {
    package var customer: CustomerAddress
    /// `email`, `sms`, `post`, `push` or `profiling`.
    package var name: String
    package var granted: Bool
    /// The text that was agreed to.
    package var text: String
    package var at: Date

    package init(customer: CustomerAddress, name: String, granted: Bool, text: String, at: Date) {
        self.customer = customer
        self.name = name
        self.granted = granted
        self.text = text
        self.at = at
    }
}

package struct BonusChange: Sendable, Equatable, Codable {
    package var customer: CustomerAddress
    /// What is added, in hundredths of a bonus; negative for what is taken off.
    package var hundredths: Int64
    /// The balance that the system gave just before it is told; `nil` until it was asked.
    package var before: Int64?

    package init(customer: CustomerAddress, hundredths: Int64, before: Int64? = nil) {
        self.customer = customer
        self.hundredths = hundredths
        self.before = before
    }
}

package struct CardBinding: Sendable, Equatable, Codable {
    package var customer: CustomerAddress
    package var card: String

    package init(customer: CustomerAddress, card: String) {
        self.customer = customer
        self.card = card
    }
}

/// Who is in an order that the system has open.
package struct OrderCustomer: Sendable, Equatable, Codable {
    /// The order's number in the system.
    package var order: String
    /// The lane whose till has it.
    package var lane: String
    /// `nil` when nobody is in it any more whom the system knows.
    package var customer: CustomerAddress?

    package init(order: String, lane: String, customer: CustomerAddress?) {
        self.order = order
        self.lane = lane
        self.customer = customer
    }
}

/// A sale that was paid, with its customer.
package struct SaleReport: Sendable, Equatable, Codable {
    package struct Line: Sendable, Equatable, Codable {
        package var gtin: String
        package var description: String
        /// Thousandths of a piece, kilogram, metre or litre.
        package var quantityThousandths: Int64
        /// Hundredths of the currency.
        package var totalMinor: Int64

        package init(gtin: String, description: String, quantityThousandths: Int64, totalMinor: Int64) {
            self.gtin = gtin
            self.description = description
            self.quantityThousandths = quantityThousandths
            self.totalMinor = totalMinor
        }
    }

    package var sale: String
    package var at: Date
    package var customer: CustomerAddress
    package var totalMinor: Int64
    package var lines: [Line]

    package init(sale: String, at: Date, customer: CustomerAddress, totalMinor: Int64, lines: [Line]) {
        self.sale = sale
        self.at = at
        self.customer = customer
        self.totalMinor = totalMinor
        self.lines = lines
    }
}

/// A benefit was used, or its use was taken back.
package struct BenefitReport: Sendable, Equatable, Codable {
    package var customer: CustomerAddress
    /// The system's own id of the benefit.
    package var benefit: String
    package var isUsed: Bool
    package var at: Date

    package init(customer: CustomerAddress, benefit: String, isUsed: Bool, at: Date) {
        self.customer = customer
        self.benefit = benefit
        self.isUsed = isUsed
        self.at = at
    }
}
