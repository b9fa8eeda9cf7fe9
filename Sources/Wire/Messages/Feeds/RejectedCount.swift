import CCountertopProtos

/// How many rows were rejected for one reason.
public struct RejectedCount: WireMessage {
    public static let schema = WireSchema(countertop__v1__rejected_count__init)

    /// A stable name: "quoteUnclosed".
    public var reason: String = ""
    /// The reason in words.
    public var message: String = ""
    /// How many.
    public var count: UInt64 = 0
    /// Whether nothing of these rows was taken.
    public var refused: Bool = false

    public init() {}

    public init(
        reason: String = "", message: String = "", count: UInt64 = 0, refused: Bool = false
    ) {
        self.reason = reason
        self.message = message
        self.count = count
        self.refused = refused
    }

    public mutating func fields(_ fields: inout WireFields) {
        fields.field(1, "reason", &reason)
        fields.field(2, "message", &message)
        fields.field(3, "count", &count)
        fields.field(4, "refused", &refused)
    }
}
