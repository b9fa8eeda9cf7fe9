import Customers
import Foundation
import Wire

extension Wire.Customer {
    /// How many bytes of consents an answer has room for, beside all else that is told of a customer.
    private static let consentBytesMax = 40 << 10

    /// A customer in an answer, with as many of the consents' texts as there is room for.
    init(_ customer: Customers.Customer) {
        self.init(
            id: customer.id, company: customer.company, name: customer.name, firstName: customer.firstName,
            language: customer.language, identifiers: customer.identifiers.map { Wire.Identifier($0) },
            groups: customer.groups.map { Wire.Group($0) }, loyalty: Wire.Loyalty(customer.loyalty),
            permissions: customer.permissions.map { Wire.Permission($0) })
        var room = Self.consentBytesMax
        for index in permissions.indices {
            let bytes = permissions[index].consentText.utf8.count
            if bytes <= room { room -= bytes } else { permissions[index].consentText = "" }
        }
    }
}

extension Wire.Customer {
    /// A customer in an event: without the texts of the consents, which the call Get has, so that an event fits a frame.
    init(inEvent customer: Customers.Customer) {
        self.init(customer)
        for index in permissions.indices { permissions[index].consentText = "" }
    }

    /// One of several to choose from: who it is, and nothing else.
    init(choice customer: Customers.Customer) {
        self.init(id: customer.id, company: customer.company, name: customer.name, firstName: customer.firstName)
    }
}

extension Wire.Resolution {
    /// A resolution in an event; see ``Wire/Customer/init(inEvent:)``.
    init(inEvent answer: Customers.Answer) {
        self.init(answer)
        switch answer.resolution {
        case .customer(let found, _): customer = Wire.Customer(inEvent: found)
        case .ambiguous(let found, _): candidates = found.map(Wire.Customer.init(choice:))
        case .product, .pending, .unknown, .paymentCard: break
        }
    }
}

extension Wire.Identifier {
    init(_ identifier: Customers.Identifier) {
        self.init(type: Wire.IdentifierType(identifier.type), value: identifier.value)
    }
}

extension Wire.IdentifierType {
    init(_ type: Customers.IdentifierType) {
        self.init(rawValue: Int32(type.rawValue))
    }
}

extension Customers.IdentifierType {
    /// `nil` for a type this edge does not know.
    init?(_ type: Wire.IdentifierType) {
        self.init(rawValue: Int(type.rawValue))
    }
}

extension Wire.Group {
    init(_ group: Customers.Group) {
        self.init(id: group.id, name: group.name)
    }
}

extension Wire.Loyalty {
    init(_ loyalty: Customers.Loyalty) {
        self.init()
        discountBasisPoints = loyalty.discountBasisPoints
        bonusesHundredths = loyalty.bonusesHundredths
        cashbackBasisPoints = loyalty.cashbackBasisPoints
    }
}

extension Wire.Permission {
    init(_ permission: Customers.Permission) {
        self.init(
            name: permission.name, granted: permission.granted, consentText: permission.consentText,
            changedAtUnixMs: permission.changedAt.unixMilliseconds)
    }
}

extension Wire.Provenance {
    init(_ provenance: Customers.Provenance) {
        self.init()
        source = provenance.source
        ageMs = provenance.ageMilliseconds
        complete = provenance.complete
    }
}

extension Wire.Resolution {
    init(_ answer: Customers.Answer) {
        self.init()
        provenance = Wire.Provenance(answer.provenance)
        switch answer.resolution {
        case .customer(let found, let type):
            kind = .customer
            identifierType = Wire.IdentifierType(type)
            customer = Wire.Customer(found)
            // The replica resolves such a code by what stands in it, which nobody outside has confirmed.
            unconfirmed = type == .vippsPersonalQR
        case .ambiguous(let found, let type):
            kind = .ambiguous
            identifierType = Wire.IdentifierType(type)
            unconfirmed = type == .vippsPersonalQR
            candidates = found.map { Wire.Customer(inEvent: $0) }
        case .product(let gtin14):
            kind = .product
            gtin = gtin14
        case .pending(let type):
            kind = .pending
            identifierType = Wire.IdentifierType(type)
        case .unknown:
            kind = .unknown
        case .paymentCard:
            kind = .refused
        }
    }
}

extension Date {
    /// Milliseconds since 1970 in UTC, as instants travel on the wire; 0 for dates beyond their range.
    var unixMilliseconds: Int64 {
        Int64(exactly: (timeIntervalSince1970 * 1000).rounded()) ?? 0
    }
}
