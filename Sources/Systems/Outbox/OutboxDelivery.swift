/// The pauses and bounds of delivering.
package enum OutboxDelivery {
    /// The pause after an entry's first failure; each further one doubles it.
    package static let backOffMin = Duration.seconds(2)
    package static let backOffMax = Duration.seconds(600)
    /// The pause before an entry with an unknown outcome is looked for; each further one doubles it.
    package static let checkMin = Duration.seconds(5)
    package static let checkMax = Duration.seconds(3_600)
    /// Failures of a system one after another, whichever entries they were of, from which it is down.
    package static let failuresMax = 5
    /// How long a system that is down is left alone at first; each further try doubles it.
    package static let downMin = Duration.seconds(30)
    package static let downMax = Duration.seconds(1_800)
    /// The longest pause that a system can ask for.
    package static let retryAfterMax = Duration.seconds(86_400)
    /// How long an entry is tried. One that is older counts as refused, so that somebody looks at it.
    package static let deliverableFor = Duration.seconds(30 * 86_400)
    /// How often it was tried then at least: a clock that jumps ahead gives nothing up.
    package static let deliverableTriesMin = 20
    /// How long one delivery or check may take.
    package static let deliveryTimeMax = Duration.seconds(60)
    /// How often the clock is looked at while nothing is due.
    package static let lookEvery = Duration.seconds(60)
}
