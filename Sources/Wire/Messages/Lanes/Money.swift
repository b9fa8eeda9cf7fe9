import CCountertopProtos

/// An amount of money.
public struct Money: WireMessage {
    public static let schema = WireSchema(countertop__v1__money__init)

    /// ISO 4217: "NOK".
    public var currency: String = ""
    /// Hundredths, or the currency's own smallest unit.
    public var minorUnits: Int64 = 0

    public init() {}

    public init(currency: String = "", minorUnits: Int64 = 0) {
        self.currency = currency
        self.minorUnits = minorUnits
    }

    public mutating func fields(_ fields: inout WireFields) {
        fields.field(1, "currency", &currency)
        fields.field(2, "minor_units", &minorUnits)
    }
}
