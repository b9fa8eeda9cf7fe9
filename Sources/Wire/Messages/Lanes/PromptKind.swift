/// What a customer is asked for on the display.
public struct PromptKind: WireEnum {
    public let rawValue: Int32

    public init(rawValue: Int32) {
        self.rawValue = rawValue
    }

    /// Nothing.
    public static let unspecified = Self(rawValue: 0)
    /// How to become a member by oneself.
    public static let selfEnrolment = Self(rawValue: 1)
    /// To tell the phone number.
    public static let askPhone = Self(rawValue: 2)
    /// To turn up the screen's brightness.
    public static let brightness = Self(rawValue: 3)
    /// To wait a moment.
    public static let oneMoment = Self(rawValue: 4)

    public static let names: [Self: String] = [
        .unspecified: "UNSPECIFIED",
        .selfEnrolment: "SELF_ENROLMENT",
        .askPhone: "ASK_PHONE",
        .brightness: "BRIGHTNESS",
        .oneMoment: "ONE_MOMENT",
    ]
}
