import CCountertopProtos

/// Has a feed run now.
public struct RunFeedRequest: WireMessage {
    public static let schema = WireSchema(countertop__v1__run_feed_request__init)

    /// The feed's name.
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
