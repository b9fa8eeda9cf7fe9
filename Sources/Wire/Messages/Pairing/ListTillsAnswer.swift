import CCountertopProtos

/// The tills that are paired, and those that were revoked.
public struct ListTillsAnswer: WireMessage {
    public static let schema = WireSchema(countertop__v1__list_tills_answer__init)

    /// By name, those revoked last.
    public var tills: [Till] = []

    public init() {}

    public init(tills: [Till] = []) {
        self.tills = tills
    }

    public mutating func fields(_ fields: inout WireFields) {
        fields.field(1, "tills", &tills)
    }
}
