import Wire

/// Reasons of the edge's services, beside those of the wire and of the transport.
extension WireReason {
    /// The request names something that cannot be: an empty basket number, a code that is too long.
    static let argumentInvalid = WireReason("ARGUMENT_INVALID", .invalidArgument)
    /// Health was asked for of a service that there is not.
    static let serviceUnknown = WireReason("SERVICE_UNKNOWN", .notFound)
    /// This edge has no lane of that name.
    static let laneUnknown = WireReason("LANE_UNKNOWN", .notFound)
    /// Another till holds the lane.
    static let laneHeld = WireReason("LANE_HELD", .failedPrecondition)
    /// Another till took the lane over.
    static let laneTakenOver = WireReason("LANE_TAKEN_OVER", .aborted)
    /// As many watch the lane as may.
    static let tooManyWatchers = WireReason("TOO_MANY_WATCHERS", .resourceExhausted)
    /// Another basket is open in the lane.
    static let basketOpen = WireReason("BASKET_OPEN", .failedPrecondition)
    /// No basket with that number is open in the lane.
    static let basketUnknown = WireReason("BASKET_UNKNOWN", .notFound)
    /// The basket was closed before, with another outcome.
    static let basketClosed = WireReason("BASKET_CLOSED", .failedPrecondition)
    /// Another customer is in the basket.
    static let customerPresent = WireReason("CUSTOMER_PRESENT", .failedPrecondition)
    /// The local copy has no customer with that id.
    static let customerUnknown = WireReason("CUSTOMER_UNKNOWN", .notFound)
    /// Another call had the operation id before.
    static let operationReused = WireReason("OPERATION_REUSED", .alreadyExists)
    /// No scanner of the lane is ready.
    static let scannerMissing = WireReason("SCANNER_MISSING", .failedPrecondition)
    /// No scanner of the lane reads the kind of code that it is armed for.
    static let scannerUnfit = WireReason("SCANNER_UNFIT", .failedPrecondition)
    /// The configuration names no address for self-enrolment.
    static let enrolmentAddressMissing = WireReason("ENROLMENT_ADDRESS_MISSING", .failedPrecondition)
    /// No display of the lane is ready.
    static let displayMissing = WireReason("DISPLAY_MISSING", .failedPrecondition)
    /// The same customer's code came within the bounce time: it is one scan, which was delivered already.
    static let scanRepeated = WireReason("SCAN_REPEATED", .alreadyExists)
    /// Too many scans wait for the disk.
    static let journalFull = WireReason("JOURNAL_FULL", .resourceExhausted)
    /// Earlier scans cannot be read back.
    static let journalUnreadable = WireReason("JOURNAL_UNREADABLE", .unavailable)
    /// The local copy of the customers cannot be read.
    static let replicaUnreadable = WireReason("REPLICA_UNREADABLE", .unavailable)
    /// The record of the one customer who was asked for cannot be read; all others can.
    static let customerUnreadable = WireReason("CUSTOMER_UNREADABLE", .dataLoss)
    /// As many searches wait as may.
    static let tooManySearches = WireReason("TOO_MANY_SEARCHES", .resourceExhausted)
}

/// Reasons of pairing, and of who may do what.
extension WireReason {
    /// The caller's role may not make the call.
    static let roleInsufficient = WireReason("ROLE_INSUFFICIENT", .permissionDenied)
    /// The caller serves another lane.
    static let laneOfOthers = WireReason("LANE_OF_OTHERS", .permissionDenied)
    /// The user of a local process is in no group that may do anything.
    static let localUserUnknown = WireReason("LOCAL_USER_UNKNOWN", .permissionDenied)
    /// The certificate was made by another authority.
    static let certificateOfOtherStore = WireReason("CERTIFICATE_OF_OTHER_STORE", .unauthenticated)
    /// The certificate is past its time, or not yet good.
    static let certificateExpired = WireReason("CERTIFICATE_EXPIRED", .unauthenticated)
    /// The certificate was replaced by a newer one of the same till.
    static let certificateSuperseded = WireReason("CERTIFICATE_SUPERSEDED", .unauthenticated)
    /// The till was revoked.
    static let tillRevoked = WireReason("TILL_REVOKED", .unauthenticated)
    /// A page's signature is wrong, or of a till that is not known.
    static let tillUnproven = WireReason("TILL_UNPROVEN", .unauthenticated)
    /// No till has that id.
    static let tillUnknown = WireReason("TILL_UNKNOWN", .notFound)
    /// As many tills are paired as may be.
    static let tooManyTills = WireReason("TOO_MANY_TILLS", .resourceExhausted)
    /// The list of tills cannot be read or written.
    static let registryUnusable = WireReason("REGISTRY_UNUSABLE", .unavailable)
    /// The edge is not on the network.
    static let networkOff = WireReason("NETWORK_OFF", .failedPrecondition)
    /// No pairing code waits.
    static let pairingClosed = WireReason("PAIRING_CLOSED", .failedPrecondition)
    /// The proof is not of the code that waits.
    static let pairingProofWrong = WireReason("PAIRING_PROOF_WRONG", .unauthenticated)
    /// Too many wrong proofs came from one address.
    static let tooManyAttempts = WireReason("TOO_MANY_ATTEMPTS", .resourceExhausted)
    /// A till renews its certificate too often.
    static let tooManyRenewals = WireReason("TOO_MANY_RENEWALS", .resourceExhausted)
    /// Another code took the place of the one that is waited for.
    static let pairingReplaced = WireReason("PAIRING_REPLACED", .aborted)
    /// The code's time is over.
    static let pairingExpired = WireReason("PAIRING_EXPIRED", .deadlineExceeded)
    /// The code was burnt by wrong proofs.
    static let pairingBurnt = WireReason("PAIRING_BURNT", .resourceExhausted)
}
