/// What became of a basket.
public struct BasketOutcome: WireEnum {
    public let rawValue: Int32

    public init(rawValue: Int32) {
        self.rawValue = rawValue
    }

    /// Not told.
    public static let unspecified = Self(rawValue: 0)
    /// It was sold.
    public static let paid = Self(rawValue: 1)
    /// It was given up.
    public static let voided = Self(rawValue: 2)
    /// It was set aside, to be opened again.
    public static let parked = Self(rawValue: 3)

    public static let names: [Self: String] = [
        .unspecified: "UNSPECIFIED",
        .paid: "PAID",
        .voided: "VOIDED",
        .parked: "PARKED",
    ]
}
