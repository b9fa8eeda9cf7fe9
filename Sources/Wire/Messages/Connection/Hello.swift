import CCountertopProtos

/// The client's first frame: the range of protocol versions it speaks, and the optional features it knows.
public struct Hello: WireMessage {
    public static let schema = WireSchema(countertop__v1__hello__init)

    /// The lowest version the client speaks.
    public var versionMin: UInt32 = 0
    /// The highest version the client speaks.
    public var versionMax: UInt32 = 0
    /// The optional features the client knows.
    public var features: [String] = []
    /// Name and version of the client program, for the edge's log: "kassa/4.2".
    public var client: String = ""

    public init() {}

    public init(versionMin: UInt32 = 0, versionMax: UInt32 = 0, features: [String] = [], client: String = "") {
        self.versionMin = versionMin
        self.versionMax = versionMax
        self.features = features
        self.client = client
    }

    public mutating func fields(_ fields: inout WireFields) {
        fields.field(1, "version_min", &versionMin)
        fields.field(2, "version_max", &versionMax)
        fields.field(3, "features", &features)
        fields.field(4, "client", &client)
    }
}
