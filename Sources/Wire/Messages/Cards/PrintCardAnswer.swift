import CCountertopProtos

/// A card to print.
public struct PrintCardAnswer: WireMessage {
    public static let schema = WireSchema(countertop__v1__print_card_answer__init)

    /// The pdf.
    public var pdf: [UInt8] = []

    public init() {}

    public init(pdf: [UInt8] = []) {
        self.pdf = pdf
    }

    public mutating func fields(_ fields: inout WireFields) {
        fields.field(1, "pdf", &pdf)
    }
}
