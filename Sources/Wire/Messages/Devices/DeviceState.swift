/// How far the edge has come with a device.
public struct DeviceState: WireEnum {
    public let rawValue: Int32

    public init(rawValue: Int32) {
        self.rawValue = rawValue
    }

    /// Not told.
    public static let unspecified = Self(rawValue: 0)
    /// Opened, claimed and listened to.
    public static let ready = Self(rawValue: 1)
    /// Being opened.
    public static let opening = Self(rawValue: 2)
    /// Left to its kernel driver; `explanation` says why and what to add.
    public static let notClaimed = Self(rawValue: 3)
    /// It should work and does not; `explanation` says why and what to do.
    public static let failed = Self(rawValue: 4)

    public static let names: [Self: String] = [
        .unspecified: "UNSPECIFIED",
        .ready: "READY",
        .opening: "OPENING",
        .notClaimed: "NOT_CLAIMED",
        .failed: "FAILED",
    ]
}
