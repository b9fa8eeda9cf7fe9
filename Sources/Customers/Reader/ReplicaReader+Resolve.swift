import Foundation
import GS1
import Storage

extension ReplicaReader {
    /// Finds out what a code is: an identifier in the replica wins, then a known system's code, then a product; the rest
    /// is unknown, or a payment card.
    /// - Throws: ``CustomersError`` when the file cannot be read.
    package func resolve(_ code: LabelCode) throws(CustomersError) -> Answer {
        if PaymentCard.isTrack(code.data) { return try answer(.paymentCard) }
        guard (1...CustomersLimits.codeBytesMax).contains(code.data.count) else { return try answer(.unknown) }
        return try reading {
            if let found = try identified(code) { return found }
            if let vipps = VippsCode(code.data) { return try answer(to: vipps) }
            if let gtin = ProductCode.gtin14(in: code) { return bare(.product(gtin14: gtin)) }
            return bare(PaymentCard.isNumber(code) ? .paymentCard : .unknown)
        }
    }

    /// Finds who has an identifier of a known type, typed however.
    /// - Throws: ``CustomersError`` when the file cannot be read.
    package func resolve(_ identifier: Identifier) throws(CustomersError) -> Answer {
        try reading {
            if identifier.type == .vippsPersonalQR {
                guard let vipps = VippsCode(Array(identifier.value.utf8)) else { return bare(.unknown) }
                return try answer(to: vipps)
            }
            for form in IdentifierForm.forms(of: identifier, region: region) {
                if let found = try find(form) { return found }
            }
            return bare(.unknown)
        }
    }

    /// The customer with an opaque id, `nil` when the replica has none.
    /// - Throws: ``CustomersError`` when the file cannot be read.
    package func customer(id: String) throws(CustomersError) -> (Customer, Provenance)? {
        guard let id = CustomerID(id) else { return nil }
        return try reading {
            statements.byID.bind(id.digest, at: 2)
            var found: (Customer, Provenance)?
            try statements.byID.rows { row in
                guard let (customer, feed) = try row.withBytes(1, { try self.customer(row.integer(0), $0) }) else {
                    throw CustomersError.recordUnreadable
                }
                guard customer.id == id.text else {
                    standing.cannotRead(row.integer(0))
                    throw CustomersError.recordUnreadable
                }
                found = (customer, feed?.provenance(now: now()) ?? provenance())
                return false
            }
            return found
        }
    }

    // MARK: Identifiers

    private func identified(_ code: LabelCode) throws -> Answer? {
        guard code.data.count <= CustomersLimits.identifierBytesMax else { return nil }
        let found = try matches(code.data, .card, statements.find)
        // Nearly every code that is found is the card of one customer.
        if found.count == 1, found[0].column == Int64(IdentifierType.customerCard.rawValue),
            let customer = found[0].customer
        {
            return sole(customer, .customerCard, found[0].feed, time: now())
        }
        let card = Candidates(found.filter { $0.column == Int64(IdentifierType.customerCard.rawValue) })
        if let card { return try answer(card) }
        let printed = try printedAsProduct(code)
        if let printed, printed.type == .customerCard { return try answer(printed) }
        if let described = try byPattern(code) { return described }
        if let contact = try byContact(code) { return contact }
        return try (Candidates(found) ?? printed).map(answer)
    }

    /// A card that is printed as EAN or UPC, in whatever length it was read.
    private func printedAsProduct(_ code: LabelCode) throws -> Candidates? {
        guard code.family != .gs1 else { return nil }
        guard let gtin = code.gtin14 ?? GTIN(digits: code.data)?.digits14 else { return nil }
        let found = try matches(Array(gtin.utf8), .gtin, statements.find)
        return Candidates(found.filter { $0.column == found.first?.column })
    }

    /// A code of a kind that the store describes itself, such as a link with a member's number in it.
    private func byPattern(_ code: LabelCode) throws -> Answer? {
        for pattern in patterns {
            guard let identifier = pattern.identifier(in: code.data) else { continue }
            for form in IdentifierForm.forms(of: identifier, region: region) {
                if let found = try find(form) { return found }
            }
        }
        return nil
    }

    /// A phone number or an e-mail address, which no EAN and no GS1 label holds.
    private func byContact(_ code: LabelCode) throws -> Answer? {
        guard code.family == .none || code.family == .other, code.gtin14 == nil else { return nil }
        guard ReplicaReader.mayBeContact(code.data) else { return nil }
        let text = String(decoding: code.data, as: UTF8.self)
        let type: IdentifierType = code.data.contains(UInt8(ascii: "@")) ? .email : .phone
        for form in IdentifierForm.forms(of: Identifier(type: type, value: text), region: region) {
            if let found = try find(form) { return found }
        }
        return nil
    }

    /// A quick look: an @, or a text that begins as numbers do.
    private static func mayBeContact(_ data: [UInt8]) -> Bool {
        if data.contains(UInt8(ascii: "@")) { return true }
        guard let first = data.first(where: { $0 != UInt8(ascii: " ") }) else { return false }
        return (0x28...0x39).contains(first) || first | 0x20 == UInt8(ascii: "t") || first >= 0x80
    }

    private func answer(to vipps: VippsCode) throws -> Answer {
        switch vipps {
        case .token: return bare(.pending(.vippsPersonalQR))
        case .notPersonal: return bare(.unknown)
        case .phone(let e164):
            let form = IdentifierForm(kind: .phone, type: .phone, value: Array(e164.utf8))
            guard let found = try candidates(form) else { return bare(.unknown) }
            return try answer(found, as: .vippsPersonalQR)
        }
    }

    // MARK: Rows

    private func find(_ form: IdentifierForm) throws -> Answer? {
        try candidates(form).map(answer)
    }

    private func candidates(_ form: IdentifierForm) throws -> Candidates? {
        statements.findType.bind(form.column, at: 3)
        return Candidates(try matches(form.value, form.kind, statements.findType))
    }

    /// - Returns: the rows of a value, by their types. While the store's key changes some are indexed under the one before.
    private func matches(
        _ value: [UInt8], _ kind: IdentifierForm.Kind, _ statement: HeldStatement
    ) throws -> [Match] {
        let found = try matches(value, kind, keys, statement)
        guard let keysBefore else { return found }
        let older = try matches(value, kind, keysBefore, statement)
        guard !older.isEmpty else { return found }
        return Array((found + older).sorted { $0.column < $1.column }.prefix(CustomersLimits.candidatesMax))
    }

    private func matches(
        _ value: [UInt8], _ kind: IdentifierForm.Kind, _ keys: CompanyKeys, _ statement: HeldStatement
    ) throws -> [Match] {
        statement.bind(keys.blind(value, kind), at: 2)
        var matches: [Match] = []
        try statement.rows { row in
            var found = try row.withBytes(1) { try self.customer(row.integer(2), $0) }
            if let customer = found?.customer, !has(customer, value, kind) {
                // The index is damaged, and leads to somebody else.
                standing.cannotRead(row.integer(2))
                found = nil
            }
            matches.append(Match(column: row.integer(0), customer: found?.customer, feed: found?.feed))
            return matches.count < CustomersLimits.candidatesMax
        }
        return matches
    }

    /// Whether the record says so as well.
    private func has(_ customer: Customer, _ value: [UInt8], _ kind: IdentifierForm.Kind) -> Bool {
        if customer.identifiers.contains(where: { $0.value.utf8.elementsEqual(value) }) { return true }
        return IdentifierForm.forms(of: customer.identifiers, region: region)
            .contains { $0.kind == kind && $0.value == value }
    }

    // MARK: Answers

    private func answer(_ candidates: Candidates) throws -> Answer {
        try answer(candidates, as: candidates.type)
    }

    private func answer(_ candidates: Candidates, as type: IdentifierType) throws -> Answer {
        guard let first = candidates.customers.first else { throw CustomersError.recordUnreadable }
        let time = now()
        // Of several records the oldest source counts.
        let oldest =
            candidates.feeds.count > 1
            ? candidates.feeds.max { $0.age(now: time) < $1.age(now: time) } : candidates.feeds.first
        // Where one of several cannot be read, even a single other one is not it by himself: the cashier chooses.
        guard candidates.customers.count > 1 || candidates.isPartial else {
            return sole(first, type, oldest, time: time)
        }
        return Answer(
            resolution: .ambiguous(candidates.customers, type),
            provenance: oldest?.provenance(now: time) ?? provenance())
    }

    private func sole(_ customer: Customer, _ type: IdentifierType, _ feed: FeedState?, time: Date) -> Answer {
        Answer(resolution: .customer(customer, type), provenance: feed?.provenance(now: time) ?? provenance())
    }

    private func answer(_ resolution: Resolution) throws(CustomersError) -> Answer {
        try reading { bare(resolution) }
    }

    private func bare(_ resolution: Resolution) -> Answer {
        Answer(resolution: resolution, provenance: provenance())
    }
}
