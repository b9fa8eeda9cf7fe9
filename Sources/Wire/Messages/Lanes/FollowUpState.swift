/// What a system outside said of a code.
public struct FollowUpState: WireEnum {
    public let rawValue: Int32

    public init(rawValue: Int32) {
        self.rawValue = rawValue
    }

    /// Not told.
    public static let unspecified = Self(rawValue: 0)
    /// The code is a customer's, or several customers': `resolution` says whose.
    public static let resolved = Self(rawValue: 1)
    /// The code is good, and nobody in the local copy has its phone number: `phone` serves to enrol the customer.
    public static let noMember = Self(rawValue: 2)
    /// The system does not know the code: an old picture, or another app's. Ask for the phone number.
    public static let notRecognised = Self(rawValue: 3)
    /// The system did not answer in time. Ask for the phone number.
    public static let unreachable = Self(rawValue: 4)

    public static let names: [Self: String] = [
        .unspecified: "UNSPECIFIED",
        .resolved: "RESOLVED",
        .noMember: "NO_MEMBER",
        .notRecognised: "NOT_RECOGNISED",
        .unreachable: "UNREACHABLE",
    ]
}
