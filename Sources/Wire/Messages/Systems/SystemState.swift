/// How a system outside stands.
public struct SystemState: WireEnum {
    public let rawValue: Int32

    public init(rawValue: Int32) {
        self.rawValue = rawValue
    }

    /// Not told.
    public static let unspecified = Self(rawValue: 0)
    /// Nothing was asked of it since the edge started.
    public static let unasked = Self(rawValue: 1)
    /// It answered when it was last asked.
    public static let answering = Self(rawValue: 2)
    /// It did not answer, or refused, when it was last asked.
    public static let failing = Self(rawValue: 3)
    /// It failed too often, or wants to be left alone: it is asked now and then.
    public static let down = Self(rawValue: 4)
    /// It is switched off in the configuration.
    public static let off = Self(rawValue: 5)

    public static let names: [Self: String] = [
        .unspecified: "UNSPECIFIED",
        .unasked: "UNASKED",
        .answering: "ANSWERING",
        .failing: "FAILING",
        .down: "DOWN",
        .off: "OFF",
    ]
}
