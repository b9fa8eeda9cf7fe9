import CCountertopProtos

/// One thing that is not as it should be.
public struct Finding: WireMessage {
    public static let schema = WireSchema(countertop__v1__finding__init)

    /// A stable upper-case reason: "JOURNAL_UNWRITABLE".
    public var reason: String = ""
    /// What happened, why, and what to do.
    public var message: String = ""

    public init() {}

    public init(reason: String = "", message: String = "") {
        self.reason = reason
        self.message = message
    }

    public mutating func fields(_ fields: inout WireFields) {
        fields.field(1, "reason", &reason)
        fields.field(2, "message", &message)
    }
}
