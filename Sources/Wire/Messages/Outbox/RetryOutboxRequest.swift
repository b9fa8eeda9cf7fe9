import CCountertopProtos

/// Has an entry tried again at once.
public struct RetryOutboxRequest: WireMessage {
    public static let schema = WireSchema(countertop__v1__retry_outbox_request__init)

    /// The entry's number.
    public var id: UInt64 = 0

    public init() {}

    public init(
        id: UInt64 = 0
    ) {
        self.id = id
    }

    public mutating func fields(_ fields: inout WireFields) {
        fields.field(1, "id", &id)
    }
}
