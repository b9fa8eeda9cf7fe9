/// What a code or identifier turned out to be.
public struct ResolutionKind: WireEnum {
    public let rawValue: Int32

    public init(rawValue: Int32) {
        self.rawValue = rawValue
    }

    /// Not told.
    public static let unspecified = Self(rawValue: 0)
    /// One customer; `customer` is set.
    public static let customer = Self(rawValue: 1)
    /// Several customers carry this identifier; `candidates` are set and the cashier chooses.
    public static let ambiguous = Self(rawValue: 2)
    /// An article, not a customer; `gtin` is set.
    public static let product = Self(rawValue: 3)
    /// Nobody in the local copy; `provenance` says how old that copy is.
    public static let unknown = Self(rawValue: 4)
    /// The code names a customer of a system outside that has to be asked first.
    public static let pending = Self(rawValue: 5)
    /// A payment card: its bytes were dropped before anything was written down.
    public static let refused = Self(rawValue: 6)

    public static let names: [Self: String] = [
        .unspecified: "UNSPECIFIED",
        .customer: "CUSTOMER",
        .ambiguous: "AMBIGUOUS",
        .product: "PRODUCT",
        .unknown: "UNKNOWN",
        .pending: "PENDING",
        .refused: "REFUSED",
    ]
}
