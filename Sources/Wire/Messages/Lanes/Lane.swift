import CCountertopProtos

/// A lane as it stands.
public struct Lane: WireMessage {
    public static let schema = WireSchema(countertop__v1__lane__init)

    /// The lane's short name: "1", "self-3".
    public var name: String = ""
    /// The lane's basket.
    public var basket: Basket?
    /// Port paths of the lane's scanners that are ready.
    public var scanners: [String] = []
    /// Port path of the lane's display; empty when it has none.
    public var display: String = ""
    /// What the customer display shows.
    public var displayLines: [String] = []
    /// True while the lane's scanners read.
    public var armed: Bool = false
    /// The journal's epoch and the number of the lane's last scan.
    public var epoch: UInt64 = 0
    /// The number of the lane's last scan.
    public var lastSequence: UInt64 = 0
    /// True while scans go on without being written down, because the disk refuses.
    public var unjournaled: Bool = false
    /// The customer who scanned before a basket was open and goes into the next one.
    public var held: Customer?
    /// The name of the till that holds the lane; empty when none does.
    public var till: String = ""
    /// How much longer the lane is kept for that till because its connection was lost; 0 otherwise.
    public var tillAwayMs: UInt32 = 0

    public init() {}

    public init(
        name: String = "", basket: Basket? = nil, scanners: [String] = [], display: String = "",
        displayLines: [String] = [], armed: Bool = false, epoch: UInt64 = 0, lastSequence: UInt64 = 0,
        unjournaled: Bool = false, held: Customer? = nil, till: String = "", tillAwayMs: UInt32 = 0
    ) {
        self.name = name
        self.basket = basket
        self.scanners = scanners
        self.display = display
        self.displayLines = displayLines
        self.armed = armed
        self.epoch = epoch
        self.lastSequence = lastSequence
        self.unjournaled = unjournaled
        self.held = held
        self.till = till
        self.tillAwayMs = tillAwayMs
    }

    public mutating func fields(_ fields: inout WireFields) {
        fields.field(1, "name", &name)
        fields.field(2, "basket", &basket)
        fields.field(3, "scanners", &scanners)
        fields.field(4, "display", &display)
        fields.field(5, "display_lines", &displayLines)
        fields.field(6, "armed", &armed)
        fields.field(7, "epoch", &epoch)
        fields.field(8, "last_sequence", &lastSequence)
        fields.field(9, "unjournaled", &unjournaled)
        fields.field(10, "held", &held)
        fields.field(11, "till", &till)
        fields.field(12, "till_away_ms", &tillAwayMs)
    }
}
