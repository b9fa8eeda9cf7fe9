import Customers
import Foundation

extension RowMapping {
    /// What the customer may use: a list of objects, or of ids alone, in JSON; in a column of CSV such a list too, or ids with
    /// commas, semicolons or bars between them. One that cannot be read is left out, since a wrong term costs the store or the
    /// customer money.
    func benefits(_ row: RowValues, _ log: inout RejectionLog) -> [Benefit] {
        var benefits: [Benefit] = []
        func add(_ benefit: Benefit?, or rejection: @autoclosure () -> Rejection) {
            if let benefit, !benefits.contains(where: { $0.id == benefit.id }),
                benefits.count < CustomersLimits.benefitsMax
            {
                benefits.append(benefit)
            } else {
                log.add(rejection())
            }
        }
        for node in row.objects(mapping.paths(.benefits)) {
            add(Self.benefit(node), or: row.rejection(node, .valueLeftOut))
        }
        guard case .cells = row else { return benefits }
        for cell in (try? row.values(mapping.paths(.benefits))) ?? [] {
            for benefit in Self.benefits(cell.text) { add(benefit, or: row.rejection(cell, .valueLeftOut)) }
        }
        return benefits
    }

    /// The benefits of a column.
    /// - Returns: `nil` for each that cannot be read, and for a list that cannot.
    private static func benefits(_ text: String) -> [Benefit?] {
        guard text.first == "[" || text.first == "{" else {
            return text.split(whereSeparator: { $0 == "," || $0 == ";" || $0 == "|" })
                .map { String($0).trimmingSpaces }.filter { !$0.isEmpty }.map { benefit(id: $0) }
        }
        guard let node = try? JSONLineParser.parse(ArraySlice(text.utf8)) else { return [nil] }
        guard case .list(let nodes) = node.value else { return [benefit(node)] }
        return nodes.map(benefit)
    }

    /// A benefit of which the source gives the id alone: it may be used once, and what it is the till knows.
    private static func benefit(id: String) -> Benefit? {
        (1...CustomersLimits.benefitIDBytesMax).contains(id.utf8.count) ? Benefit(id: id, title: id) : nil
    }

    /// `{"id": "…", "title": "…", "discount_percent": 10, "amount": 50, "valid_from": "…", "valid_until": "…", "uses": 1}`.
    private static func benefit(_ node: JSONNode) -> Benefit? {
        if let id = node.plainText { return benefit(id: id) }
        guard let id = node["id"]?.plainText, (1...CustomersLimits.benefitIDBytesMax).contains(id.utf8.count) else {
            return nil
        }
        let title = node["title"]?.plainText ?? id
        guard title.utf8.count <= CustomersLimits.benefitTitleBytesMax else { return nil }
        var benefit = Benefit(id: id, title: title)
        do {
            benefit.discountBasisPoints = try value(node, "discount_percent", FieldText.basisPoints)
            benefit.amountHundredths = try value(node, "amount", FieldText.hundredths)
            benefit.validFrom = try value(node, "valid_from", FieldText.time)
            benefit.validUntil = try value(node, "valid_until", FieldText.time)
            benefit.usesMax = try value(node, "uses") { UInt32($0) } ?? 1
        } catch {
            return nil
        }
        return benefit
    }

    private struct Unreadable: Error {}

    /// - Returns: `nil` where the benefit says nothing of it.
    private static func value<Value>(
        _ node: JSONNode, _ name: String, _ parse: (String) -> Value?
    ) throws(Unreadable) -> Value? {
        guard let found = node[name], !found.isNull else { return nil }
        // An empty text, a list or an object is no term, and not the lack of one either.
        guard let text = found.plainText, let value = parse(text) else { throw Unreadable() }
        return value
    }
}
