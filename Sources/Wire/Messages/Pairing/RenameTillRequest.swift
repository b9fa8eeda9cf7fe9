import CCountertopProtos

/// Gives a till another name.
public struct RenameTillRequest: WireMessage {
    public static let schema = WireSchema(countertop__v1__rename_till_request__init)

    /// The till's id.
    public var id: String = ""
    /// Its new name.
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
