import CCountertopProtos

/// How an enrolment stands.
public struct EnrolmentEvent: WireMessage {
    public static let schema = WireSchema(countertop__v1__enrolment_event__init)

    /// Made up by the edge; opaque.
    public var enrolment: String = ""
    /// The lane.
    public var lane: String = ""
    /// The state.
    public var state: EnrolmentState = .unspecified
    /// What happened, why, and what to do, for the cashier. It holds no personal data.
    public var message: String = ""
    /// The word that the customer's phone shows with the question; empty for none.
    public var bindingMessage: String = ""
    /// Until when the customer may answer; 0 when that is not known.
    public var expiresAtUnixMs: Int64 = 0
    /// With TOO_MANY: how long to wait; 0 when that is not known.
    public var retryAfterMs: UInt32 = 0
    /// With DONE: the customer.
    public var customer: Customer?
    /// With DONE: whether the customer was a member before.
    public var wasMember: Bool = false
    /// With CHOOSE: who it may be, by id and names.
    public var candidates: [Customer] = []

    public init() {}

    public init(
        enrolment: String = "", lane: String = "", state: EnrolmentState = .unspecified, message: String = "",
        bindingMessage: String = "", expiresAtUnixMs: Int64 = 0, retryAfterMs: UInt32 = 0, customer: Customer? = nil,
        wasMember: Bool = false, candidates: [Customer] = []
    ) {
        self.enrolment = enrolment
        self.lane = lane
        self.state = state
        self.message = message
        self.bindingMessage = bindingMessage
        self.expiresAtUnixMs = expiresAtUnixMs
        self.retryAfterMs = retryAfterMs
        self.customer = customer
        self.wasMember = wasMember
        self.candidates = candidates
    }

    public mutating func fields(_ fields: inout WireFields) {
        fields.field(1, "enrolment", &enrolment)
        fields.field(2, "lane", &lane)
        fields.field(3, "state", &state)
        fields.field(4, "message", &message)
        fields.field(5, "binding_message", &bindingMessage)
        fields.field(6, "expires_at_unix_ms", &expiresAtUnixMs)
        fields.field(7, "retry_after_ms", &retryAfterMs)
        fields.field(8, "customer", &customer)
        fields.field(9, "was_member", &wasMember)
        fields.field(10, "candidates", &candidates)
    }
}
