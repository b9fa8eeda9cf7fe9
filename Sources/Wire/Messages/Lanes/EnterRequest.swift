import CCountertopProtos

/// Types a code into a lane.
public struct EnterRequest: WireMessage {
    public static let schema = WireSchema(countertop__v1__enter_request__init)

    /// The lane's name.
    public var lane: String = ""
    /// The code's bytes, exactly as a scan's.
    public var data: [UInt8] = []

    public init() {}

    public init(lane: String = "", data: [UInt8] = []) {
        self.lane = lane
        self.data = data
    }

    public mutating func fields(_ fields: inout WireFields) {
        fields.field(1, "lane", &lane)
        fields.field(2, "data", &data)
    }
}
