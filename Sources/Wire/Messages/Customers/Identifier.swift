import CCountertopProtos

/// What a customer is recognised by.
public struct Identifier: WireMessage {
    public static let schema = WireSchema(countertop__v1__identifier__init)

    /// What kind of identifier it is.
    public var type: IdentifierType = .unspecified
    /// The identifier in its normal form: a phone in E.164, an e-mail in lower case.
    public var value: String = ""

    public init() {}

    public init(type: IdentifierType = .unspecified, value: String = "") {
        self.type = type
        self.value = value
    }

    public mutating func fields(_ fields: inout WireFields) {
        fields.field(1, "type", &type)
        fields.field(2, "value", &value)
    }
}
