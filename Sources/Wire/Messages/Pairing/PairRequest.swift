import CCountertopProtos

/// Pairs a till.
public struct PairRequest: WireMessage {
    public static let schema = WireSchema(countertop__v1__pair_request__init)

    /// What is to be made known; one of the two must be set.
    public var kind: Kind?
    /// What proves that the code is known: HMAC-SHA-256, 32 bytes.
    public var proof: [UInt8] = []

    public init() {}

    public init(kind: Kind? = nil, proof: [UInt8] = []) {
        self.kind = kind
        self.proof = proof
    }

    public mutating func fields(_ fields: inout WireFields) {
        fields.choice(1, "certificate_request", &kind, Kind.certificateRequest) {
            if case .certificateRequest(let value) = $0 { value } else { nil }
        }
        fields.choice(2, "browser_key", &kind, Kind.browserKey) {
            if case .browserKey(let value) = $0 { value } else { nil }
        }
        fields.field(3, "proof", &proof)
    }

    /// What is to be made known.
    public enum Kind: Sendable, Equatable {
        /// PKCS#10 in DER.
        case certificateRequest([UInt8])
        /// Of a page in a browser: its P-256 public key, SubjectPublicKeyInfo in DER.
        case browserKey([UInt8])
    }
}
