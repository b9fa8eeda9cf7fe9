/// A value of a JSON text (RFC 8259), with its place. Numbers keep their digits.
struct JSONNode {
    enum Value {
        case null
        case bool(Bool)
        case number(String)
        case text(String)
        case list([JSONNode])
        case object([(name: String, node: JSONNode)])
    }

    let value: Value
    /// Its first byte.
    let place: Int

    var isNull: Bool { if case .null = value { true } else { false } }

    subscript(_ name: String) -> JSONNode? {
        guard case .object(let members) = value else { return nil }
        return members.first { $0.name == name }?.node
    }
}

/// What keeps a line from being read as JSON.
struct JSONFault: Error {
    let place: Int
    /// It is JSON, and no object.
    var isObjectMissing = false
}
