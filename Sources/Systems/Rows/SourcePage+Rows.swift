import Customers

extension SourcePage {
    /// Adds what a row says.
    /// - Parameter columns: the places of the columns' names, for CSV.
    mutating func take(_ row: SourceRow, columns: [String: Int]?, _ mapping: RowMapping) {
        let values: RowValues
        switch row.content {
        case .broken(let rejection): return rejections.add(rejection)
        case .cells(let cells): values = .cells(cells, columns: columns ?? [:])
        case .object(let object):
            values = .object(object)
            if let node = object.root["group"] {
                return take(group: node, or: object.rejection(node, .valueLeftOut), mapping)
            }
        }
        do throws(Rejection) {
            if let merge = try mapping.merge(values) { return merges.append(merge) }
            changes.append(try mapping.change(values, &rejections))
            lines.append(row.line)
        } catch {
            rejections.add(error)
        }
    }

    /// `{"group": {"id": "gold", "name": "Gold", "discount_percent": 10, "cashback_percent": 1.5}}`.
    private mutating func take(group node: JSONNode, or rejection: Rejection, _ mapping: RowMapping) {
        guard mapping.mapping.allows(.groups) else { return }
        guard let id = node["id"]?.plainText, (1...CustomersLimits.groupBytesMax).contains(id.utf8.count),
            groups.count < CustomersLimits.groupsMax
        else { return rejections.add(rejection) }
        func points(_ name: String) -> UInt32? {
            guard let text = node[name]?.plainText else { return nil }
            let points = FieldText.basisPoints(text)
            if points == nil { rejections.add(rejection) }
            return points
        }
        let terms = Loyalty(
            discountBasisPoints: points("discount_percent"), cashbackBasisPoints: points("cashback_percent"))
        groups.append(GroupTerms(group: Group(id: id, name: node["name"]?.plainText ?? id), terms: terms))
    }
}
