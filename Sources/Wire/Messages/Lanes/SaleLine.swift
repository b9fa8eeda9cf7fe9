import CCountertopProtos

/// One line of a sale.
public struct SaleLine: WireMessage {
    public static let schema = WireSchema(countertop__v1__sale_line__init)

    /// The article's number, 14 digits; empty when it has none.
    public var gtin: String = ""
    /// The article as the receipt calls it.
    public var description: String = ""
    /// Thousandths of a piece, kilogram, metre or litre.
    public var quantityThousandths: Int64 = 0
    /// What the line comes to.
    public var total: Money?

    public init() {}

    public init(gtin: String = "", description: String = "", quantityThousandths: Int64 = 0, total: Money? = nil) {
        self.gtin = gtin
        self.description = description
        self.quantityThousandths = quantityThousandths
        self.total = total
    }

    public mutating func fields(_ fields: inout WireFields) {
        fields.field(1, "gtin", &gtin)
        fields.field(2, "description", &description)
        fields.field(3, "quantity_thousandths", &quantityThousandths)
        fields.field(4, "total", &total)
    }
}
