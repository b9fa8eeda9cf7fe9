/// How a use of a benefit stands.
public struct RedemptionState: WireEnum {
    public let rawValue: Int32

    public init(rawValue: Int32) {
        self.rawValue = rawValue
    }

    /// Not told.
    public static let unspecified = Self(rawValue: 0)
    /// A lane keeps it for its basket.
    public static let reserved = Self(rawValue: 1)
    /// It was used.
    public static let redeemed = Self(rawValue: 2)
    /// It was given back.
    public static let released = Self(rawValue: 3)

    public static let names: [Self: String] = [
        .unspecified: "UNSPECIFIED",
        .reserved: "RESERVED",
        .redeemed: "REDEEMED",
        .released: "RELEASED",
    ]
}
