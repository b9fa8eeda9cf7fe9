/// What a paired program may do.
public struct TillRole: WireEnum {
    public let rawValue: Int32

    public init(rawValue: Int32) {
        self.rawValue = rawValue
    }

    /// Not told.
    public static let unspecified = Self(rawValue: 0)
    /// Everything a lane's till needs, in its lane; in every lane when it has none.
    public static let till = Self(rawValue: 1)
    /// Looks on in its lane.
    public static let display = Self(rawValue: 2)
    /// Looks after devices. It sees no customers.
    public static let technician = Self(rawValue: 3)

    public static let names: [Self: String] = [
        .unspecified: "UNSPECIFIED",
        .till: "TILL",
        .display: "DISPLAY",
        .technician: "TECHNICIAN",
    ]
}
