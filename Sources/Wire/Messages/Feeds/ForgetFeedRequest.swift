import CCountertopProtos

/// Takes those out of the local copy whom a source brought that nothing runs any more.
public struct ForgetFeedRequest: WireMessage {
    public static let schema = WireSchema(countertop__v1__forget_feed_request__init)

    /// The source's name, as the list gives it.
    public var name: String = ""

    public init() {}

    public init(
        name: String = ""
    ) {
        self.name = name
    }

    public mutating func fields(_ fields: inout WireFields) {
        fields.field(1, "name", &name)
    }
}
