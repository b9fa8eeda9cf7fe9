/// Whether the edge can do its work.
public struct ServingState: WireEnum {
    public let rawValue: Int32

    public init(rawValue: Int32) {
        self.rawValue = rawValue
    }

    /// Not told.
    public static let unspecified = Self(rawValue: 0)
    /// It works.
    public static let serving = Self(rawValue: 1)
    /// It works, with something missing; `findings` say what.
    public static let degraded = Self(rawValue: 2)
    /// It does not work.
    public static let notServing = Self(rawValue: 3)

    public static let names: [Self: String] = [
        .unspecified: "UNSPECIFIED",
        .serving: "SERVING",
        .degraded: "DEGRADED",
        .notServing: "NOT_SERVING",
    ]
}
