import Customers
import Foundation

/// A client as Poster lists them. All numbers come as texts; money and bonuses in hundredths ("kopecks"); `loyalty_type` 1 is
/// points and 2 is discount, by the documentation's words, which its examples contradict.
struct PosterClientRow {
    enum LoyaltyType: Sendable, Equatable {
        case points
        case discount
    }

    let clientID: String
    let groupID: String
    let isRemoved: Bool
    let name: String
    let firstName: String
    /// E.164 with its plus sign; `nil` for none.
    let phone: String?
    let email: String?
    /// `nil` for none, which Poster says as "0".
    let card: String?
    let loyaltyType: LoyaltyType?
    let bonusesHundredths: Int64?
    let discountBasisPoints: UInt32?

    /// - Returns: `nil` for a row without a key.
    init?(_ node: JSONNode) {
        func text(_ name: String) -> String? {
            guard let text = node[name]?.plainText?.trimmingSpaces, !text.isEmpty else { return nil }
            return text
        }
        guard let clientID = text("client_id"), clientID.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
            return nil
        }
        self.clientID = clientID
        groupID = text("client_groups_id") ?? ""
        isRemoved = text("delete") == "1"
        firstName = text("firstname") ?? ""
        name = [text("firstname"), text("lastname")].compactMap(\.self).joined(separator: " ")
        let digits = (text("phone_number") ?? text("phone") ?? "").filter { $0.isASCII && $0.isNumber }
        phone = digits.isEmpty ? nil : "+" + digits
        email = text("email")
        card = text("card_number").flatMap { $0 == "0" ? nil : $0 }
        loyaltyType = Self.loyaltyType(text("loyalty_type"))
        bonusesHundredths = text("bonus").flatMap { Int64($0) }
        discountBasisPoints = text("discount_per").flatMap { FieldText.basisPoints($0) }
    }

    static func loyaltyType(_ text: String?) -> LoyaltyType? {
        switch text {
        case "1": .points
        case "2": .discount
        default: nil
        }
    }

    /// The identifier that tells which client of a system somebody is. The system's name in it keeps a scanned number from
    /// being taken for one.
    static func externalID(_ clientID: String, system: String) -> String { "\(system):\(clientID)" }

    /// The client's id in an identifier; `nil` for one of another system.
    static func clientID(in externalID: String, system: String) -> String? {
        let head = "\(system):"
        return externalID.hasPrefix(head) ? String(externalID.dropFirst(head.count)) : nil
    }
}

extension PosterClientRow {
    /// The client as the store keeps him.
    /// - Parameters:
    ///   - card: his card, that which was made for him included.
    ///   - log: takes what was left out.
    func record(
        system: String, card: String?, allowed mapping: FieldMapping, region: PhoneRegion, asOf: Date, line: Int,
        _ log: inout RejectionLog
    ) -> CustomerRecord {
        var record = CustomerRecord(
            key: clientID, name: mapping.allows(.name) ? name : "",
            firstName: mapping.allows(.firstName) ? firstName : "", changedAt: asOf, isDated: false)
        let candidates: [(RecordField, IdentifierType, String?)] = [
            (.customerCard, .customerCard, card), (.phone, .phone, phone), (.email, .email, email),
            (.externalID, .externalID, Self.externalID(clientID, system: system)),
        ]
        for (field, type, value) in candidates where mapping.allows(field) || field == .externalID {
            guard let value else { continue }
            let identifier = Identifier(type: type, value: value)
            if identifier.isUnderstood(in: region) {
                record.identifiers.append(identifier)
            } else {
                log.add(Rejection(line: line, column: 0, reason: .identifierLeftOut))
            }
        }
        if mapping.allows(.groups) {
            record.groupIDs = mapping.defaultGroups + (groupID.isEmpty || groupID == "0" ? [] : [groupID])
        }
        switch loyaltyType {
        case .points?:
            if mapping.allows(.bonuses) { record.loyalty.bonusesHundredths = bonusesHundredths }
        case .discount?:
            // Poster: the personal discount counts only where it is higher than the group's.
            if mapping.allows(.discount), let points = discountBasisPoints, points > 0 {
                record.loyalty.discountBasisPoints = points
            }
        case nil: break
        }
        return record
    }
}

/// A group of clients.
struct PosterGroup {
    let id: String
    let name: String
    let isRemoved: Bool
    let loyaltyType: PosterClientRow.LoyaltyType?
    /// What is accrued of a sale for points, and what is taken off for discount.
    let basisPoints: UInt32?

    init?(_ node: JSONNode) {
        guard let id = node["client_groups_id"]?.plainText, !id.isEmpty else { return nil }
        self.id = id
        name = node["client_groups_name"]?.plainText ?? id
        isRemoved = node["delete"]?.plainText == "1"
        loyaltyType = PosterClientRow.loyaltyType(node["loyalty_type"]?.plainText)
        basisPoints = node["client_groups_discount"]?.plainText.flatMap { FieldText.basisPoints($0) }
    }

    var terms: GroupTerms {
        let loyalty =
            switch loyaltyType {
            case .points?: Loyalty(cashbackBasisPoints: basisPoints)
            case .discount?: Loyalty(discountBasisPoints: basisPoints)
            case nil: Loyalty()
            }
        return GroupTerms(group: Group(id: id, name: name), terms: loyalty)
    }
}
