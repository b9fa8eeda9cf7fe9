/// A run of a feed that is over.
package struct FeedRun: Sendable, Equatable {
    /// Counts the feed's runs since the edge started, from 1.
    package let number: UInt64
    /// What it did; nothing was read when the source had nothing new.
    package let progress: FeedProgress
    /// Why it failed; empty for one that came to its end.
    package let failure: String
}
