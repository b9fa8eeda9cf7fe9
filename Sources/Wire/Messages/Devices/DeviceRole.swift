/// What the edge uses a device for.
public struct DeviceRole: WireEnum {
    public let rawValue: Int32

    public init(rawValue: Int32) {
        self.rawValue = rawValue
    }

    /// Not told.
    public static let unspecified = Self(rawValue: 0)
    /// It reads labels.
    public static let scanner = Self(rawValue: 1)
    /// It shows lines to the customer.
    public static let display = Self(rawValue: 2)
    /// Neither, or not known to be one.
    public static let other = Self(rawValue: 3)

    public static let names: [Self: String] = [
        .unspecified: "UNSPECIFIED",
        .scanner: "SCANNER",
        .display: "DISPLAY",
        .other: "OTHER",
    ]
}
