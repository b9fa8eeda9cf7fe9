/// The bounds of requests to systems outside.
package enum SystemCallLimits {
    /// The time for an answer when nothing else is said.
    package static let deadline = Duration.seconds(10)
    /// Bytes of an answer when nothing else is said.
    package static let answerBytesMax = 1_024 * 1_024
    /// Bytes of a refusal that are read, to find its code.
    package static let refusalBytesMax = 65_536
    /// The pause before the first further try; each one doubles it.
    package static let retryPauseMin = Duration.milliseconds(200)
    package static let retryPauseMax = Duration.seconds(5)
    /// How long a system that failed too often is left alone at first; each further try doubles it.
    package static let openMin = Duration.seconds(5)
    package static let openMax = Duration.seconds(300)
    /// How long before its end a token is renewed: a tenth of its life, and at most this.
    package static let tokenMarginMax = Duration.seconds(60)
    /// What a token lives when its answer does not say.
    package static let tokenLifeStandard = Duration.seconds(300)
    /// Values of an answer in JSON.
    package static let jsonValuesMax = 1_000_000
    /// Characters of a word of a system's that is shown.
    package static let wordMax = 64
}
