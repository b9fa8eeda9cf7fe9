import CCountertopProtos

/// What became of the try.
public struct CheckSystemAnswer: WireMessage {
    public static let schema = WireSchema(countertop__v1__check_system_answer__init)

    /// How the system stands now.
    public var system: OutsideSystem? = nil
    /// Whether it took the credentials.
    public var ok: Bool = false
    /// What was found, or what is wrong and what to do.
    public var message: String = ""

    public init() {}

    public init(
        system: OutsideSystem? = nil, ok: Bool = false, message: String = ""
    ) {
        self.system = system
        self.ok = ok
        self.message = message
    }

    public mutating func fields(_ fields: inout WireFields) {
        fields.field(1, "system", &system)
        fields.field(2, "ok", &ok)
        fields.field(3, "message", &message)
    }
}
