import CCountertopProtos

/// A field of a label by its GS1 application identifier.
public struct LabelElement: WireMessage {
    public static let schema = WireSchema(countertop__v1__label_element__init)

    /// The application identifier: "01", "3103".
    public var ai: String = ""
    /// GS1's title of it: "GTIN", "BATCH/LOT".
    public var title: String = ""
    /// What it says.
    public var value: [UInt8] = []

    public init() {}

    public init(ai: String = "", title: String = "", value: [UInt8] = []) {
        self.ai = ai
        self.title = title
        self.value = value
    }

    public mutating func fields(_ fields: inout WireFields) {
        fields.field(1, "ai", &ai)
        fields.field(2, "title", &title)
        fields.field(3, "value", &value)
    }
}
