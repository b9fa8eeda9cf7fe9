import CCountertopProtos

/// A row that was not taken, or not all of it. It holds nothing of the row.
public struct RejectedRow: WireMessage {
    public static let schema = WireSchema(countertop__v1__rejected_row__init)

    /// From 1.
    public var line: UInt64 = 0
    /// In characters from 1; 0 where it is about the row as a whole.
    public var column: UInt32 = 0
    /// A stable name: "quoteUnclosed".
    public var reason: String = ""
    /// The reason in words.
    public var message: String = ""

    public init() {}

    public init(
        line: UInt64 = 0, column: UInt32 = 0, reason: String = "", message: String = ""
    ) {
        self.line = line
        self.column = column
        self.reason = reason
        self.message = message
    }

    public mutating func fields(_ fields: inout WireFields) {
        fields.field(1, "line", &line)
        fields.field(2, "column", &column)
        fields.field(3, "reason", &reason)
        fields.field(4, "message", &message)
    }
}
