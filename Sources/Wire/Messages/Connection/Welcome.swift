import CCountertopProtos

/// The edge's answer to Hello: the version and features both sides share, and the limits that hold from now on.
public struct Welcome: WireMessage {
    public static let schema = WireSchema(countertop__v1__welcome__init)

    /// The version both sides speak from now on.
    public var version: UInt32 = 0
    /// The features both sides know.
    public var features: [String] = []
    /// The limits that hold from now on.
    public var limits: Limits?
    /// Name and version of the edge: "countertop/0.1.0".
    public var edge: String = ""
    /// The store's name from the edge's configuration.
    public var store: String = ""
    /// 32 random bytes of this connection alone, while the client has not proved who it is; empty afterwards.
    public var nonce: [UInt8] = []

    public init() {}

    public init(
        version: UInt32 = 0, features: [String] = [], limits: Limits? = nil, edge: String = "", store: String = "",
        nonce: [UInt8] = []
    ) {
        self.version = version
        self.features = features
        self.limits = limits
        self.edge = edge
        self.store = store
        self.nonce = nonce
    }

    public mutating func fields(_ fields: inout WireFields) {
        fields.field(1, "version", &version)
        fields.field(2, "features", &features)
        fields.field(3, "limits", &limits)
        fields.field(4, "edge", &edge)
        fields.field(5, "store", &store)
        fields.field(6, "nonce", &nonce)
    }
}
