/// What a customer display says something to. The raw value is the name in the configuration.
package enum DisplayMoment: String, Sendable, CaseIterable {
    /// Nobody is served.
    case idle
    /// A till has armed the scanner.
    case ready
    /// The scanner was armed a while ago and has read nothing: a dark telephone is the usual reason.
    case brightness
    case oneMoment = "one_moment"
    /// A customer is recognised, by the first name.
    case greeting
    /// A customer without a first name.
    case welcome
    case unknownCode = "unknown_code"
    case askPhone = "ask_phone"
    case paymentCard = "payment_card"
    case thanks
    /// The customer is asked in an app to become a member; `{word}` is what the app shows too.
    case enrolmentAsked = "enrolment_asked"
    /// The customer has not answered for a while.
    case enrolmentHint = "enrolment_hint"
    case enrolmentDone = "enrolment_done"
    /// The customer was not enrolled, whatever the reason.
    case enrolmentEnded = "enrolment_ended"
    /// How to become a member by oneself.
    case selfEnrolment = "self_enrolment"
    /// One line, which takes the place of `{loyalty}`.
    case bonuses
    case discount
}
