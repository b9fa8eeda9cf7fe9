import CCountertopProtos

/// Says which customer it is.
public struct ChooseCustomerRequest: WireMessage {
    public static let schema = WireSchema(countertop__v1__choose_customer_request__init)

    /// The lane.
    public var lane: String = ""
    /// The enrolment.
    public var enrolment: String = ""
    /// The id of one of the candidates; empty for none of them: the customer is a new one.
    public var customer: String = ""

    public init() {}

    public init(lane: String = "", enrolment: String = "", customer: String = "") {
        self.lane = lane
        self.enrolment = enrolment
        self.customer = customer
    }

    public mutating func fields(_ fields: inout WireFields) {
        fields.field(1, "lane", &lane)
        fields.field(2, "enrolment", &enrolment)
        fields.field(3, "customer", &customer)
    }
}
