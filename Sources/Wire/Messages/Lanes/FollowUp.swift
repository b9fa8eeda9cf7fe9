import CCountertopProtos

/// What a system outside said of a scan whose resolution was PENDING.
public struct FollowUp: WireMessage {
    public static let schema = WireSchema(countertop__v1__follow_up__init)

    /// Which scan it follows.
    public var epoch: UInt64 = 0
    /// The sequence.
    public var sequence: UInt64 = 0
    /// The state.
    public var state: FollowUpState = .unspecified
    /// With RESOLVED. Candidates come with their names only.
    public var resolution: Resolution?
    /// What the lane did with the customer.
    public var attachment: Attachment = .unspecified
    /// The phone number behind the code, E.164, where nobody is a member; empty otherwise.
    public var phone: String = ""
    /// What happened and what to do, for the cashier.
    public var message: String = ""

    public init() {}

    public init(
        epoch: UInt64 = 0, sequence: UInt64 = 0, state: FollowUpState = .unspecified, resolution: Resolution? = nil,
        attachment: Attachment = .unspecified, phone: String = "", message: String = ""
    ) {
        self.epoch = epoch
        self.sequence = sequence
        self.state = state
        self.resolution = resolution
        self.attachment = attachment
        self.phone = phone
        self.message = message
    }

    public mutating func fields(_ fields: inout WireFields) {
        fields.field(1, "epoch", &epoch)
        fields.field(2, "sequence", &sequence)
        fields.field(3, "state", &state)
        fields.field(4, "resolution", &resolution)
        fields.field(5, "attachment", &attachment)
        fields.field(6, "phone", &phone)
        fields.field(7, "message", &message)
    }
}
