import CCountertopProtos

/// A finding that came, and perhaps went.
public struct PastFinding: WireMessage {
    public static let schema = WireSchema(countertop__v1__past_finding__init)

    /// What it was.
    public var finding: Finding? = nil
    /// When it came.
    public var beganAtUnixMs: Int64 = 0
    /// 0 while it lasts.
    public var endedAtUnixMs: Int64 = 0

    public init() {}

    public init(finding: Finding? = nil, beganAtUnixMs: Int64 = 0, endedAtUnixMs: Int64 = 0) {
        self.finding = finding
        self.beganAtUnixMs = beganAtUnixMs
        self.endedAtUnixMs = endedAtUnixMs
    }

    public mutating func fields(_ fields: inout WireFields) {
        fields.field(1, "finding", &finding)
        fields.field(2, "began_at_unix_ms", &beganAtUnixMs)
        fields.field(3, "ended_at_unix_ms", &endedAtUnixMs)
    }
}
