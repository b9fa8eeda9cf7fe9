import CCountertopProtos

/// Asks whose code or identifier this is.
public struct ResolveRequest: WireMessage {
    public static let schema = WireSchema(countertop__v1__resolve_request__init)

    /// What is asked for; one of the two must be set.
    public var query: Query?

    public init() {}

    public init(query: Query? = nil) {
        self.query = query
    }

    public mutating func fields(_ fields: inout WireFields) {
        fields.choice(1, "code", &query, Query.code) {
            if case .code(let value) = $0 { value } else { nil }
        }
        fields.choice(2, "identifier", &query, Query.identifier) {
            if case .identifier(let value) = $0 { value } else { nil }
        }
    }

    /// What is asked for.
    public enum Query: Sendable, Equatable {
        /// Bytes as scanned or typed; the edge finds out what they are.
        case code([UInt8])
        /// An identifier of a known type.
        case identifier(Identifier)
    }
}
