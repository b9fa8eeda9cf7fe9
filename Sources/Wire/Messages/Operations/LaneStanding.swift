import CCountertopProtos

/// How a lane stands.
public struct LaneStanding: WireMessage {
    public static let schema = WireSchema(countertop__v1__lane_standing__init)

    /// Its name.
    public var name: String = ""
    /// Who gets its scans, by an opaque id: "till-7zk4m9q2d8xa"; empty when nobody does.
    public var till: String = ""
    /// Whether the till is connected, rather than the lane kept for it.
    public var tillConnected: Bool = false
    /// Whether its basket is open.
    public var basketOpen: Bool = false
    /// Whether its scanners read.
    public var armed: Bool = false
    /// The number of its last scan.
    public var lastSequence: UInt64 = 0
    /// Scans that no till has acknowledged.
    public var unacknowledged: UInt64 = 0
    /// Whether scans go on without being written down, because the disk refuses.
    public var unjournaled: Bool = false

    public init() {}

    public init(
        name: String = "", till: String = "", tillConnected: Bool = false, basketOpen: Bool = false,
        armed: Bool = false, lastSequence: UInt64 = 0, unacknowledged: UInt64 = 0, unjournaled: Bool = false
    ) {
        self.name = name
        self.till = till
        self.tillConnected = tillConnected
        self.basketOpen = basketOpen
        self.armed = armed
        self.lastSequence = lastSequence
        self.unacknowledged = unacknowledged
        self.unjournaled = unjournaled
    }

    public mutating func fields(_ fields: inout WireFields) {
        fields.field(1, "name", &name)
        fields.field(2, "till", &till)
        fields.field(3, "till_connected", &tillConnected)
        fields.field(4, "basket_open", &basketOpen)
        fields.field(5, "armed", &armed)
        fields.field(6, "last_sequence", &lastSequence)
        fields.field(7, "unacknowledged", &unacknowledged)
        fields.field(8, "unjournaled", &unjournaled)
    }
}
