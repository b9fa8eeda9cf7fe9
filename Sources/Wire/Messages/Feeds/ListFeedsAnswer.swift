import CCountertopProtos

/// The feeds.
public struct ListFeedsAnswer: WireMessage {
    public static let schema = WireSchema(countertop__v1__list_feeds_answer__init)

    /// By their names.
    public var feeds: [Feed] = []

    public init() {}

    public init(
        feeds: [Feed] = []
    ) {
        self.feeds = feeds
    }

    public mutating func fields(_ fields: inout WireFields) {
        fields.field(1, "feeds", &feeds)
    }
}
