import CCountertopProtos

/// Has a customer asked to be enrolled.
public struct StartEnrolmentRequest: WireMessage {
    public static let schema = WireSchema(countertop__v1__start_enrolment_request__init)

    /// The lane.
    public var lane: String = ""
    /// The customer's phone number, as it was typed or as a follow-up told it.
    public var phone: String = ""

    public init() {}

    public init(lane: String = "", phone: String = "") {
        self.lane = lane
        self.phone = phone
    }

    public mutating func fields(_ fields: inout WireFields) {
        fields.field(1, "lane", &lane)
        fields.field(2, "phone", &phone)
    }
}
