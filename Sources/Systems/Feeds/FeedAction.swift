/// What a feed is to do next.
package enum FeedAction: Sendable, Equatable {
    /// Ask the source for a page, take it, and say so.
    /// - Parameter anew: from the beginning, whatever the cursor is.
    case fetch(anew: Bool)
    /// Do nothing for as long, then ask again.
    case wait(Duration)
}
