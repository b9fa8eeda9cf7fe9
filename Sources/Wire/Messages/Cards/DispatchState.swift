/// How far a card has come on its way to its customer.
public struct DispatchState: WireEnum {
    public let rawValue: Int32

    public init(rawValue: Int32) {
        self.rawValue = rawValue
    }

    /// Not told.
    public static let unspecified = Self(rawValue: 0)
    /// The channel is NONE.
    public static let notSent = Self(rawValue: 1)
    /// It will be sent: it waits for its turn, or for the gateway to be there again.
    public static let queued = Self(rawValue: 2)
    /// Sending.
    public static let sending = Self(rawValue: 3)
    /// The gateway took it.
    public static let sent = Self(rawValue: 4)
    /// The gateway refuses it, or could not be reached for three days. Send it again, perhaps to another address.
    public static let failed = Self(rawValue: 5)

    public static let names: [Self: String] = [
        .unspecified: "UNSPECIFIED",
        .notSent: "NOT_SENT",
        .queued: "QUEUED",
        .sending: "SENDING",
        .sent: "SENT",
        .failed: "FAILED",
    ]
}
