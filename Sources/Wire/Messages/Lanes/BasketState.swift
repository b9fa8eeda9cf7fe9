/// Whether a lane's basket is open.
public struct BasketState: WireEnum {
    public let rawValue: Int32

    public init(rawValue: Int32) {
        self.rawValue = rawValue
    }

    /// Not told.
    public static let unspecified = Self(rawValue: 0)
    /// The lane has had no basket yet.
    public static let none = Self(rawValue: 1)
    /// Articles and a customer may be added.
    public static let open = Self(rawValue: 2)
    /// It has ended; `closing` says how.
    public static let closed = Self(rawValue: 3)

    public static let names: [Self: String] = [
        .unspecified: "UNSPECIFIED",
        .none: "NONE",
        .open: "OPEN",
        .closed: "CLOSED",
    ]
}
