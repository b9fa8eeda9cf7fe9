/// The pauses of feeds, and how many failures make a source one that is down.
package enum FeedLimits {
    /// The pause after the first failure; each further one doubles it.
    package static let backOffMin = Duration.seconds(1)
    package static let backOffMax = Duration.seconds(300)
    /// Failures one after another from which a source is down.
    package static let failuresMax = 5
    /// How long a source that is down is left alone at first; each further try doubles it.
    package static let downMin = Duration.seconds(300)
    package static let downMax = Duration.seconds(3_600)
    /// The longest pause that a source can ask for.
    package static let retryAfterMax = Duration.seconds(86_400)
    /// How often a feed that waits looks at the clock.
    package static let lookEvery = Duration.seconds(60)
    /// Feeds of a store.
    package static let feedsMax = 32
}
