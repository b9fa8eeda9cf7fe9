/// How a card gets to its customer.
public struct CardChannel: WireEnum {
    public let rawValue: Int32

    public init(rawValue: Int32) {
        self.rawValue = rawValue
    }

    /// Not told.
    public static let unspecified = Self(rawValue: 0)
    /// It is not sent: the till prints or shows it.
    public static let none = Self(rawValue: 1)
    /// Sms.
    public static let sms = Self(rawValue: 2)
    /// Email.
    public static let email = Self(rawValue: 3)

    public static let names: [Self: String] = [
        .unspecified: "UNSPECIFIED",
        .none: "NONE",
        .sms: "SMS",
        .email: "EMAIL",
    ]
}
