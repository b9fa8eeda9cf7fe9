import CCountertopProtos

/// Makes the lane's scanners read.
public struct ArmScannerRequest: WireMessage {
    public static let schema = WireSchema(countertop__v1__arm_scanner_request__init)

    /// The lane's name.
    public var lane: String = ""

    public init() {}

    public init(lane: String = "") {
        self.lane = lane
    }

    public mutating func fields(_ fields: inout WireFields) {
        fields.field(1, "lane", &lane)
    }
}
