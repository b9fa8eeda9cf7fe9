import CCountertopProtos

/// What an edge serves, and how.
public struct DescribeAnswer: WireMessage {
    public static let schema = WireSchema(countertop__v1__describe_answer__init)

    /// A packed google.protobuf.FileDescriptorSet of every `.proto` file, each after those it imports.
    public var fileDescriptorSet: [UInt8] = []
    /// The calls that are answered: "countertop.v1.Customers/Resolve", sorted.
    public var calls: [String] = []
    /// The lowest protocol version.
    public var versionMin: UInt32 = 0
    /// The highest protocol version.
    public var versionMax: UInt32 = 0
    /// The optional features the edge knows.
    public var features: [String] = []
    /// What a connection is told in its Welcome.
    public var limits: Limits?
    /// Name and version of the edge: "countertop/0.1.0".
    public var edge: String = ""

    public init() {}

    public init(
        fileDescriptorSet: [UInt8] = [], calls: [String] = [], versionMin: UInt32 = 0, versionMax: UInt32 = 0,
        features: [String] = [], limits: Limits? = nil, edge: String = ""
    ) {
        self.fileDescriptorSet = fileDescriptorSet
        self.calls = calls
        self.versionMin = versionMin
        self.versionMax = versionMax
        self.features = features
        self.limits = limits
        self.edge = edge
    }

    public mutating func fields(_ fields: inout WireFields) {
        fields.field(1, "file_descriptor_set", &fileDescriptorSet)
        fields.field(2, "calls", &calls)
        fields.field(3, "version_min", &versionMin)
        fields.field(4, "version_max", &versionMax)
        fields.field(5, "features", &features)
        fields.field(6, "limits", &limits)
        fields.field(7, "edge", &edge)
    }
}
