/// How a benefit stands.
public struct BenefitState: WireEnum {
    public let rawValue: Int32

    public init(rawValue: Int32) {
        self.rawValue = rawValue
    }

    /// Not told.
    public static let unspecified = Self(rawValue: 0)
    /// It can be used.
    public static let available = Self(rawValue: 1)
    /// A lane keeps what is left of it; `lane` says which.
    public static let reserved = Self(rawValue: 2)
    /// It was used as often as it may be.
    public static let used = Self(rawValue: 3)
    /// Its time has not come yet.
    public static let notYet = Self(rawValue: 4)
    /// Its time is over.
    public static let over = Self(rawValue: 5)

    public static let names: [Self: String] = [
        .unspecified: "UNSPECIFIED",
        .available: "AVAILABLE",
        .reserved: "RESERVED",
        .used: "USED",
        .notYet: "NOT_YET",
        .over: "OVER",
    ]
}
