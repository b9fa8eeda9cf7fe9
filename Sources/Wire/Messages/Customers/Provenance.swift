import CCountertopProtos

/// Where an answer comes from and how fresh it is.
public struct Provenance: WireMessage {
    public static let schema = WireSchema(countertop__v1__provenance__init)

    /// The feed that wrote the record, or "replica" when no record was found.
    public var source: String = ""
    /// Milliseconds since the local copy last took that source's changes.
    public var ageMs: UInt64 = 0
    /// False while the first load of the local copy is not finished: "not found" then means nothing.
    public var complete: Bool = false

    public init() {}

    public init(source: String = "", ageMs: UInt64 = 0, complete: Bool = false) {
        self.source = source
        self.ageMs = ageMs
        self.complete = complete
    }

    public mutating func fields(_ fields: inout WireFields) {
        fields.field(1, "source", &source)
        fields.field(2, "age_ms", &ageMs)
        fields.field(3, "complete", &complete)
    }
}
