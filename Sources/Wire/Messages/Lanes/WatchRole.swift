/// What a watcher wants of a lane.
public struct WatchRole: WireEnum {
    public let rawValue: Int32

    public init(rawValue: Int32) {
        self.rawValue = rawValue
    }

    /// The lane's till: it alone gets the lane's scans to act upon. Refused (LANE_HELD) while another till holds the
    /// lane, or the lane is kept for one.
    public static let till = Self(rawValue: 0)
    /// As a till, and whoever held the lane until now is told so and let go.
    public static let takeOver = Self(rawValue: 1)
    /// Sees everything and holds nothing.
    public static let observer = Self(rawValue: 2)

    public static let names: [Self: String] = [
        .till: "TILL",
        .takeOver: "TAKE_OVER",
        .observer: "OBSERVER",
    ]
}
