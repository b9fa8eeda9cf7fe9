/// The bounds of an enrolment.
package enum EnrolmentLimits {
    /// The pause before the first look (Vipps, "Polling guidelines"), and the least between two that the system did not name.
    package static let intervalMin = Duration.seconds(5)
    /// By how much a system that is asked too often lengthens the pause (OpenID CIBA core, section 11).
    package static let slowDownBy = Duration.seconds(5)
    /// The pauses while the system cannot be reached.
    package static let backOffMin = Duration.seconds(2)
    package static let backOffMax = Duration.seconds(30)
    /// Refusals or broken answers one after another that end an enrolment.
    package static let refusalsMax = 3
    /// How long it is tried to fetch what the customer let be told: the token is good for five minutes.
    package static let profileTime = Duration.seconds(270)
    /// How long an ended enrolment can still be looked at.
    package static let keptSeconds = 600.0
    /// How long a choice waits for the cashier.
    package static let choiceTime = Duration.seconds(600)
    /// Watches of one enrolment.
    package static let watchesMax = 8
    /// After this time of waiting the display says how to find the question in the app.
    package static let hintAfter = Duration.seconds(20)
}
