import CCountertopProtos

/// How a feed stands after a call.
public struct FeedAnswer: WireMessage {
    public static let schema = WireSchema(countertop__v1__feed_answer__init)

    /// The feed.
    public var feed: Feed?

    public init() {}

    public init(
        feed: Feed? = nil
    ) {
        self.feed = feed
    }

    public mutating func fields(_ fields: inout WireFields) {
        fields.field(1, "feed", &feed)
    }
}
