/// A value of a JSON text (RFC 8259). Numbers keep their digits, so that 64 bits survive.
enum JSONValue: Sendable, Equatable {
    case null
    case bool(Bool)
    case number(String)
    case string(String)
    case array([JSONValue])
    case object([JSONMember])

    /// What it is, for messages to people.
    var kind: String {
        switch self {
        case .null: "null"
        case .bool: "true or false"
        case .number: "a number"
        case .string: "a text"
        case .array: "a list"
        case .object: "an object"
        }
    }
}

/// A name and its value in a JSON object.
struct JSONMember: Sendable, Equatable {
    let name: String
    let value: JSONValue
}
