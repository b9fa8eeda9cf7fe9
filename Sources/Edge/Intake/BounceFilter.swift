/// Tells a customer's code held in front of the scanner from a second scan of it.
///
/// Only codes that stand for a customer are filtered, those included whose customer a system outside has to tell: two equal
/// articles are two articles. A code counts as one scan for as long as it is read again within the bounce time of its last
/// reading, whatever articles are read in between.
struct BounceFilter: Sendable {
    /// The bounce time for customer identifiers, of the design's defaults.
    static let time: Duration = .seconds(1)

    /// Whom a code stands for.
    enum Subject: Sendable, Equatable {
        case nobody
        /// By their ids.
        case customers([String])
        /// A system outside has to tell.
        case pending
    }

    private struct Reading: Sendable {
        let subject: Subject
        let data: [UInt8]
        let at: ContinuousClock.Instant
    }

    /// The last reading of a customer's code in each lane.
    private var readings: [String: Reading] = [:]

    /// Whether this reading of `data` in `lane` repeats the lane's last one.
    mutating func repeats(
        lane: String, data: [UInt8], subject: Subject, now: ContinuousClock.Instant
    ) -> Bool {
        guard subject != .nobody else { return false }
        defer { readings[lane] = Reading(subject: subject, data: data, at: now) }
        guard let last = readings[lane] else { return false }
        return last.data == data && last.subject == subject && now - last.at < BounceFilter.time
    }

    /// The lane's last reading came to nothing: the same code read again is a scan.
    mutating func forget(lane: String) {
        readings[lane] = nil
    }
}
