/// The values of a row, whatever its format.
enum RowValues {
    case cells(CSVRow, columns: [String: Int])
    case object(JSONRow)

    /// A value, and where it stands.
    struct Value {
        let text: String
        fileprivate let spot: Spot
    }

    fileprivate enum Spot {
        case column(Int)
        case node(JSONNode)
    }

    /// What keeps a value from being a text or a list of them.
    struct NoText: Error {
        let rejection: Rejection
    }

    /// The values at the paths that are not empty. One column of CSV holds one; a list of JSON several.
    func values(_ paths: [FieldPath]) throws(NoText) -> [Value] {
        var values: [Value] = []
        for path in paths {
            switch self {
            case .cells(let row, let columns):
                guard let column = columns[path.text] else { continue }
                let text = row.text(column)
                if !text.isEmpty { values.append(Value(text: text, spot: .column(column))) }
            case .object(let row):
                if let node = row[path] { try add(node, to: &values) }
            }
        }
        return values
    }

    private func add(_ node: JSONNode, to values: inout [Value]) throws(NoText) {
        switch node.value {
        case .null: break
        case .bool(let flag): values.append(Value(text: flag ? "true" : "false", spot: .node(node)))
        case .number(let text): values.append(Value(text: text, spot: .node(node)))
        case .text(let text):
            let trimmed = text.trimmingSpaces
            if !trimmed.isEmpty { values.append(Value(text: trimmed, spot: .node(node))) }
        case .list(let nodes):
            for node in nodes {
                if case .list = node.value { throw NoText(rejection: rejection(of: node)) }
                try add(node, to: &values)
            }
        case .object: throw NoText(rejection: rejection(of: node))
        }
    }

    private func rejection(of node: JSONNode) -> Rejection {
        guard case .object(let row) = self else { return Rejection(line: 0, column: 0, reason: .valueLeftOut) }
        return row.rejection(node, .valueLeftOut)
    }

    /// The objects of a list in JSON; nothing in CSV.
    func objects(_ paths: [FieldPath]) -> [JSONNode] {
        guard case .object(let row) = self else { return [] }
        return paths.flatMap { path -> [JSONNode] in
            guard let node = row[path] else { return [] }
            if case .list(let nodes) = node.value { return nodes }
            return [node]
        }
    }

    func rejection(_ value: Value?, _ reason: RejectionReason) -> Rejection {
        switch (self, value?.spot) {
        case (.cells(let row, _), .column(let column)): row.rejection(column, reason)
        case (.cells(let row, _), _): row.rejection(nil, reason)
        case (.object(let row), .node(let node)): row.rejection(node, reason)
        case (.object(let row), _): row.rejection(nil, reason)
        }
    }

    func rejection(_ node: JSONNode, _ reason: RejectionReason) -> Rejection {
        guard case .object(let row) = self else { return Rejection(line: 0, column: 0, reason: reason) }
        return row.rejection(node, reason)
    }
}

extension String {
    /// Without white space around it.
    var trimmingSpaces: String {
        guard first?.isWhitespace == true || last?.isWhitespace == true else { return self }
        let front = drop(while: \.isWhitespace)
        return String(front.reversed().drop(while: \.isWhitespace).reversed())
    }
}
