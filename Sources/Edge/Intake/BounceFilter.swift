/// Tells a customer's code held in front of the scanner from a second scan of it.
///
/// Only codes that name a customer are filtered: two equal articles are two articles. A code counts as one scan for as
/// long as it is read again within the bounce time of its last reading.
struct BounceFilter: Sendable {
    /// The bounce time for customer identifiers, of the design's defaults.
    static let time: Duration = .seconds(1)

    private struct Reading: Sendable {
        let customers: [String]
        let data: [UInt8]
        var at: ContinuousClock.Instant
    }

    private var readings: [String: Reading] = [:]

    /// Whether this reading of `data` in `lane` repeats the lane's last one.
    /// - Parameter customers: the ids of the customers the code names; empty for a code that names none.
    mutating func repeats(
        lane: String, data: [UInt8], customers: [String], now: ContinuousClock.Instant
    ) -> Bool {
        guard !customers.isEmpty else {
            readings[lane] = nil
            return false
        }
        let reading = Reading(customers: customers, data: data, at: now)
        defer { readings[lane] = reading }
        guard let last = readings[lane] else { return false }
        return last.data == data && last.customers == customers && now - last.at < BounceFilter.time
    }

    /// The lane's last reading came to nothing: the same code read again is a scan.
    mutating func forget(lane: String) {
        readings[lane] = nil
    }
}
