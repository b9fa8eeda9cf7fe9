import CCountertopProtos

/// What a till gets by pairing, or by renewing its certificate.
public struct PairAnswer: WireMessage {
    public static let schema = WireSchema(countertop__v1__pair_answer__init)

    /// Who the till is from now on.
    public var till: Till?
    /// The till's certificate in DER; empty for a browser's page.
    public var certificate: [UInt8] = []
    /// The certificate of the store's authority in DER.
    public var authority: [UInt8] = []

    public init() {}

    public init(till: Till? = nil, certificate: [UInt8] = [], authority: [UInt8] = []) {
        self.till = till
        self.certificate = certificate
        self.authority = authority
    }

    public mutating func fields(_ fields: inout WireFields) {
        fields.field(1, "till", &till)
        fields.field(2, "certificate", &certificate)
        fields.field(3, "authority", &authority)
    }
}
