import CCountertopProtos

/// Makes the lane's scanners read.
public struct ArmScannerRequest: WireMessage {
    public static let schema = WireSchema(countertop__v1__arm_scanner_request__init)

    /// The lane's name.
    public var lane: String = ""
    /// What they are to read.
    public var purpose: ArmPurpose = .unspecified

    public init() {}

    public init(lane: String = "", purpose: ArmPurpose = .unspecified) {
        self.lane = lane
        self.purpose = purpose
    }

    public mutating func fields(_ fields: inout WireFields) {
        fields.field(1, "lane", &lane)
        fields.field(2, "purpose", &purpose)
    }
}
