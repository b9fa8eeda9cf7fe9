/// What a lane's scanners are armed for.
public struct ArmPurpose: WireEnum {
    public let rawValue: Int32

    public init(rawValue: Int32) {
        self.rawValue = rawValue
    }

    /// Any code.
    public static let unspecified = Self(rawValue: 0)
    /// A QR code on a telephone's screen.
    public static let phoneCode = Self(rawValue: 1)

    public static let names: [Self: String] = [
        .unspecified: "UNSPECIFIED",
        .phoneCode: "PHONE_CODE",
    ]
}
