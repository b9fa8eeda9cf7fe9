import CCountertopProtos

/// Ends an enrolment.
public struct CancelEnrolmentRequest: WireMessage {
    public static let schema = WireSchema(countertop__v1__cancel_enrolment_request__init)

    /// The lane.
    public var lane: String = ""
    /// The enrolment.
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
