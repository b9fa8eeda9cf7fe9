import CCountertopProtos

/// The edge has taken note.
public struct AcknowledgeAnswer: WireMessage {
    public static let schema = WireSchema(countertop__v1__acknowledge_answer__init)

    public init() {}

    public mutating func fields(_ fields: inout WireFields) {}
}
