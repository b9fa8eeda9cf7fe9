import CCountertopProtos

/// Asks for customers by the beginnings of their names.
public struct SearchCustomersRequest: WireMessage {
    public static let schema = WireSchema(countertop__v1__search_customers_request__init)

    /// Beginnings of words of the name, folded: "kari nor" finds Kari Nordås.
    public var name: String = ""
    /// At most this many, 1-20; 0 means 10.
    public var limit: UInt32 = 0

    public init() {}

    public init(name: String = "", limit: UInt32 = 0) {
        self.name = name
        self.limit = limit
    }

    public mutating func fields(_ fields: inout WireFields) {
        fields.field(1, "name", &name)
        fields.field(2, "limit", &limit)
    }
}
