/// Whether a card is good.
public struct CardState: WireEnum {
    public let rawValue: Int32

    public init(rawValue: Int32) {
        self.rawValue = rawValue
    }

    /// Not told.
    public static let unspecified = Self(rawValue: 0)
    /// Active.
    public static let active = Self(rawValue: 1)
    /// Revoked.
    public static let revoked = Self(rawValue: 2)
    /// Replaced.
    public static let replaced = Self(rawValue: 3)

    public static let names: [Self: String] = [
        .unspecified: "UNSPECIFIED",
        .active: "ACTIVE",
        .revoked: "REVOKED",
        .replaced: "REPLACED",
    ]
}
