/// What is known of whether a device can do something.
public struct Ability: WireEnum {
    public let rawValue: Int32

    public init(rawValue: Int32) {
        self.rawValue = rawValue
    }

    /// Nobody has said or seen it.
    public static let unspecified = Self(rawValue: 0)
    /// It can.
    public static let yes = Self(rawValue: 1)
    /// It cannot.
    public static let no = Self(rawValue: 2)

    public static let names: [Self: String] = [
        .unspecified: "UNSPECIFIED",
        .yes: "YES",
        .no: "NO",
    ]
}
