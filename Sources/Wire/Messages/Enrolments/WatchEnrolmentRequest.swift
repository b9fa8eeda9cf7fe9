import CCountertopProtos

/// Asks how an enrolment stands and goes on.
public struct WatchEnrolmentRequest: WireMessage {
    public static let schema = WireSchema(countertop__v1__watch_enrolment_request__init)

    /// The lane.
    public var lane: String = ""
    /// Empty for the one that is open in the lane, or ended there last.
    public var enrolment: String = ""

    public init() {}

    public init(lane: String = "", enrolment: String = "") {
        self.lane = lane
        self.enrolment = enrolment
    }

    public mutating func fields(_ fields: inout WireFields) {
        fields.field(1, "lane", &lane)
        fields.field(2, "enrolment", &enrolment)
    }
}
