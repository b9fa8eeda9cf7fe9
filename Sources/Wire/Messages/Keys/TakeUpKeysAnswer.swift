import CCountertopProtos

/// Under which keys the edge works now.
public struct TakeUpKeysAnswer: WireMessage {
    public static let schema = WireSchema(countertop__v1__take_up_keys_answer__init)

    /// The number of the key under which the edge seals now.
    public var generation: UInt32 = 0
    /// Whether the edge holds the key before as well, while it rewrites what is sealed under that.
    public var changing: Bool = false

    public init() {}

    public init(
        generation: UInt32 = 0, changing: Bool = false
    ) {
        self.generation = generation
        self.changing = changing
    }

    public mutating func fields(_ fields: inout WireFields) {
        fields.field(1, "generation", &generation)
        fields.field(2, "changing", &changing)
    }
}
