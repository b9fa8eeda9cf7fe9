/// How an entry of the outbox stands.
public struct OutboxState: WireEnum {
    public let rawValue: Int32

    public init(rawValue: Int32) {
        self.rawValue = rawValue
    }

    /// Not told.
    public static let unspecified = Self(rawValue: 0)
    /// It waits for its first or next try.
    public static let pending = Self(rawValue: 1)
    /// It is being delivered.
    public static let sending = Self(rawValue: 2)
    /// It was delivered, and nobody knows whether the system took it: it is looked for there, and never simply
    /// sent again.
    public static let unknown = Self(rawValue: 3)
    /// The system took it.
    public static let sent = Self(rawValue: 4)
    /// The system does not take it. Mend the cause and retry it, or drop it.
    public static let refused = Self(rawValue: 5)
    /// Somebody gave it up, or the customer it was about was erased.
    public static let dropped = Self(rawValue: 6)

    public static let names: [Self: String] = [
        .unspecified: "UNSPECIFIED",
        .pending: "PENDING",
        .sending: "SENDING",
        .unknown: "UNKNOWN",
        .sent: "SENT",
        .refused: "REFUSED",
        .dropped: "DROPPED",
    ]
}
