import CCountertopProtos

/// A browser's page is known now.
public struct ProveAnswer: WireMessage {
    public static let schema = WireSchema(countertop__v1__prove_answer__init)

    /// Who it is.
    public var till: Till?
    /// What the edge accepts on this connection from now on.
    public var limits: Limits?

    public init() {}

    public init(till: Till? = nil, limits: Limits? = nil) {
        self.till = till
        self.limits = limits
    }

    public mutating func fields(_ fields: inout WireFields) {
        fields.field(1, "till", &till)
        fields.field(2, "limits", &limits)
    }
}
