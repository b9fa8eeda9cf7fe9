import CCountertopProtos

/// How a feed stands after a call.
public struct FeedAnswer: WireMessage {
    public static let schema = WireSchema(countertop__v1__feed_answer__init)

    /// The feed.
    public var feed: Feed?
    /// The number of the run that was asked for.
    public var run: UInt64 = 0

    public init() {}

    public init(
        feed: Feed? = nil, run: UInt64 = 0
    ) {
        self.feed = feed
        self.run = run
    }

    public mutating func fields(_ fields: inout WireFields) {
        fields.field(1, "feed", &feed)
        fields.field(2, "run", &run)
    }
}
