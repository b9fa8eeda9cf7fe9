/// What a feed is doing.
public struct FeedState: WireEnum {
    public let rawValue: Int32

    public init(rawValue: Int32) {
        self.rawValue = rawValue
    }

    /// Not told.
    public static let unspecified = Self(rawValue: 0)
    /// It waits for its next run.
    public static let waiting = Self(rawValue: 1)
    /// It takes what its source gives.
    public static let running = Self(rawValue: 2)
    /// The last try failed, and it tries again soon.
    public static let retrying = Self(rawValue: 3)
    /// The source is down, or refuses: it is tried now and then.
    public static let down = Self(rawValue: 4)
    /// Nothing runs it: an import, the sample store, members who were enrolled at the till, or a feed that the configuration does
    /// not name any more.
    public static let off = Self(rawValue: 5)

    public static let names: [Self: String] = [
        .unspecified: "UNSPECIFIED",
        .waiting: "WAITING",
        .running: "RUNNING",
        .retrying: "RETRYING",
        .down: "DOWN",
        .off: "OFF",
    ]
}
