import CCountertopProtos

/// A paired till.
public struct Till: WireMessage {
    public static let schema = WireSchema(countertop__v1__till__init)

    /// Opaque and stable: "till-7zk4m9q2d8xa".
    public var id: String = ""
    /// The name people gave it.
    public var name: String = ""
    /// The lane it serves; empty when none.
    public var lane: String = ""
    /// What it may do.
    public var role: TillRole = .unspecified
    /// When it has to be paired anew, unless it renews its certificate before.
    public var expiresAtUnixMs: Int64 = 0
    /// When it was paired.
    public var pairedAtUnixMs: Int64 = 0
    /// When it was revoked; 0 while it is not.
    public var revokedAtUnixMs: Int64 = 0
    /// A page in a browser.
    public var browser: Bool = false
    /// How many connections it has open now.
    public var connections: UInt32 = 0

    public init() {}

    public init(
        id: String = "", name: String = "", lane: String = "", role: TillRole = .unspecified,
        expiresAtUnixMs: Int64 = 0, pairedAtUnixMs: Int64 = 0, revokedAtUnixMs: Int64 = 0, browser: Bool = false,
        connections: UInt32 = 0
    ) {
        self.id = id
        self.name = name
        self.lane = lane
        self.role = role
        self.expiresAtUnixMs = expiresAtUnixMs
        self.pairedAtUnixMs = pairedAtUnixMs
        self.revokedAtUnixMs = revokedAtUnixMs
        self.browser = browser
        self.connections = connections
    }

    public mutating func fields(_ fields: inout WireFields) {
        fields.field(1, "id", &id)
        fields.field(2, "name", &name)
        fields.field(3, "lane", &lane)
        fields.field(4, "role", &role)
        fields.field(5, "expires_at_unix_ms", &expiresAtUnixMs)
        fields.field(6, "paired_at_unix_ms", &pairedAtUnixMs)
        fields.field(7, "revoked_at_unix_ms", &revokedAtUnixMs)
        fields.field(8, "browser", &browser)
        fields.field(9, "connections", &connections)
    }
}
