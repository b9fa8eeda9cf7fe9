import CCountertopProtos

/// A group customers belong to.
public struct Group: WireMessage {
    public static let schema = WireSchema(countertop__v1__group__init)

    /// The group's id in the system it comes from.
    public var id: String = ""
    /// The name staff see.
    public var name: String = ""

    public init() {}

    public init(id: String = "", name: String = "") {
        self.id = id
        self.name = name
    }

    public mutating func fields(_ fields: inout WireFields) {
        fields.field(1, "id", &id)
        fields.field(2, "name", &name)
    }
}
