import CCountertopProtos

/// Tells who a browser's page is.
public struct ProveRequest: WireMessage {
    public static let schema = WireSchema(countertop__v1__prove_request__init)

    /// The till's id.
    public var till: String = ""
    /// The page's signature of the Welcome's nonce: r and s, 32 bytes each.
    public var signature: [UInt8] = []

    public init() {}

    public init(till: String = "", signature: [UInt8] = []) {
        self.till = till
        self.signature = signature
    }

    public mutating func fields(_ fields: inout WireFields) {
        fields.field(1, "till", &till)
        fields.field(2, "signature", &signature)
    }
}
