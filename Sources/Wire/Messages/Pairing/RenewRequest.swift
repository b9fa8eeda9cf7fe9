import CCountertopProtos

/// Asks for a new certificate.
public struct RenewRequest: WireMessage {
    public static let schema = WireSchema(countertop__v1__renew_request__init)

    /// PKCS#10 in DER.
    public var certificateRequest: [UInt8] = []

    public init() {}

    public init(certificateRequest: [UInt8] = []) {
        self.certificateRequest = certificateRequest
    }

    public mutating func fields(_ fields: inout WireFields) {
        fields.field(1, "certificate_request", &certificateRequest)
    }
}
