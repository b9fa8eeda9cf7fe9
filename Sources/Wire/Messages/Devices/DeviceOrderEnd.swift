/// How an order to a device ended.
public struct DeviceOrderEnd: WireEnum {
    public let rawValue: Int32

    public init(rawValue: Int32) {
        self.rawValue = rawValue
    }

    /// Not told.
    public static let unspecified = Self(rawValue: 0)
    /// The device took it.
    public static let done = Self(rawValue: 1)
    /// The device has nothing that could do it.
    public static let impossible = Self(rawValue: 2)
    /// The device did not take it, or not in time.
    public static let refused = Self(rawValue: 3)
    /// Something newer took its place.
    public static let superseded = Self(rawValue: 4)
    /// No such device is ready.
    public static let absent = Self(rawValue: 5)

    public static let names: [Self: String] = [
        .unspecified: "UNSPECIFIED",
        .done: "DONE",
        .impossible: "IMPOSSIBLE",
        .refused: "REFUSED",
        .superseded: "SUPERSEDED",
        .absent: "ABSENT",
    ]
}
