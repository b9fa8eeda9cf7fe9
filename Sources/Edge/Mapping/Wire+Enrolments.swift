import Wire

/// Reasons of the service for enrolments.
extension WireReason {
    /// No system of the configuration enrols customers.
    static let enrolmentsOff = WireReason("ENROLMENTS_OFF", .failedPrecondition)
    /// Another enrolment is open in the lane.
    static let enrolmentOpen = WireReason("ENROLMENT_OPEN", .failedPrecondition)
    /// The lane has no enrolment with that id.
    static let enrolmentUnknown = WireReason("ENROLMENT_UNKNOWN", .notFound)
    /// The enrolment asks for no choice, or not for this customer.
    static let nothingToChoose = WireReason("NOTHING_TO_CHOOSE", .failedPrecondition)
    /// What should be a phone number is none.
    static let phoneInvalid = WireReason("PHONE_INVALID", .invalidArgument)
}
