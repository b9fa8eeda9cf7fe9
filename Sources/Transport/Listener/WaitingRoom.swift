/// The connections that have not proved yet who they are, in the order in which they came.
struct WaitingRoom: Sendable {
    /// By their numbers, which rise.
    private var addresses: [UInt64: String] = [:]

    var count: Int { addresses.count }

    mutating func enter(_ id: UInt64, from address: String) {
        addresses[id] = address
    }

    mutating func remove(_ id: UInt64) {
        addresses[id] = nil
    }

    /// Somebody has to go: the oldest of the address that has most connections here. So whoever opens thousands of them
    /// pushes out its own.
    /// - Returns: `nil` when nobody is here.
    mutating func leave() -> UInt64? {
        var counts: [String: Int] = [:]
        for address in addresses.values { counts[address, default: 0] += 1 }
        guard let most = counts.values.max() else { return nil }
        let leaving = addresses.filter { counts[$0.value] == most }.keys.min()
        if let leaving { addresses[leaving] = nil }
        return leaving
    }
}
