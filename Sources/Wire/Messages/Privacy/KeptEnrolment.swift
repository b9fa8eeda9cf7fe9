import CCountertopProtos

/// That the store enrolled the customer, with what was agreed to.
public struct KeptEnrolment: WireMessage {
    public static let schema = WireSchema(countertop__v1__kept_enrolment__init)

    /// The system's name in the configuration.
    public var system: String = ""
    /// The system's own identity of the customer.
    public var subject: String = ""
    /// When the customer was enrolled.
    public var enrolledAtUnixMs: Int64 = 0
    /// What was agreed to, with text and time.
    public var permissions: [Permission] = []

    public init() {}

    public init(
        system: String = "", subject: String = "", enrolledAtUnixMs: Int64 = 0, permissions: [Permission] = []
    ) {
        self.system = system
        self.subject = subject
        self.enrolledAtUnixMs = enrolledAtUnixMs
        self.permissions = permissions
    }

    public mutating func fields(_ fields: inout WireFields) {
        fields.field(1, "system", &system)
        fields.field(2, "subject", &subject)
        fields.field(3, "enrolled_at_unix_ms", &enrolledAtUnixMs)
        fields.field(4, "permissions", &permissions)
    }
}
