import CCountertopProtos

/// Asks for a pairing code.
public struct InviteTillRequest: WireMessage {
    public static let schema = WireSchema(countertop__v1__invite_till_request__init)

    /// Empty for a till of every lane, or of none.
    public var lane: String = ""
    /// Empty for one that the edge chooses.
    public var name: String = ""
    /// What the till may do.
    public var role: TillRole = .unspecified

    public init() {}

    public init(lane: String = "", name: String = "", role: TillRole = .unspecified) {
        self.lane = lane
        self.name = name
        self.role = role
    }

    public mutating func fields(_ fields: inout WireFields) {
        fields.field(1, "lane", &lane)
        fields.field(2, "name", &name)
        fields.field(3, "role", &role)
    }
}
