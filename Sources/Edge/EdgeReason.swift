import Wire

/// Reasons of the edge's services, beside those of the wire and of the transport.
extension WireReason {
    /// The request names something that cannot be: an empty basket number, a code that is too long.
    static let argumentInvalid = WireReason("ARGUMENT_INVALID", .invalidArgument)
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
    /// No scanner of the lane is ready.
    static let scannerMissing = WireReason("SCANNER_MISSING", .failedPrecondition)
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
