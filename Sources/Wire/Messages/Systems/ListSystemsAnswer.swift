import CCountertopProtos

/// The systems.
public struct ListSystemsAnswer: WireMessage {
    public static let schema = WireSchema(countertop__v1__list_systems_answer__init)

    /// In the configuration's order.
    public var systems: [OutsideSystem] = []

    public init() {}

    public init(
        systems: [OutsideSystem] = []
    ) {
        self.systems = systems
    }

    public mutating func fields(_ fields: inout WireFields) {
        fields.field(1, "systems", &systems)
    }
}
