import CCountertopProtos

/// A pairing code that waits to be used.
public struct PairingOffer: WireMessage {
    public static let schema = WireSchema(countertop__v1__pairing_offer__init)

    /// 40 characters in eight groups.
    public var code: String = ""
    /// Until when it may be used.
    public var expiresAtUnixMs: Int64 = 0

    public init() {}

    public init(code: String = "", expiresAtUnixMs: Int64 = 0) {
        self.code = code
        self.expiresAtUnixMs = expiresAtUnixMs
    }

    public mutating func fields(_ fields: inout WireFields) {
        fields.field(1, "code", &code)
        fields.field(2, "expires_at_unix_ms", &expiresAtUnixMs)
    }
}
