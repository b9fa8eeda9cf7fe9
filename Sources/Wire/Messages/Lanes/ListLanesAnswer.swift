import CCountertopProtos

/// The lanes this edge serves.
public struct ListLanesAnswer: WireMessage {
    public static let schema = WireSchema(countertop__v1__list_lanes_answer__init)

    /// In the order of the configuration.
    public var lanes: [Lane] = []

    public init() {}

    public init(lanes: [Lane] = []) {
        self.lanes = lanes
    }

    public mutating func fields(_ fields: inout WireFields) {
        fields.field(1, "lanes", &lanes)
    }
}
