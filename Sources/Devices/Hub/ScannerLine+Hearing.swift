import USB

extension ScannerLine {
    /// Takes a transfer of a line.
    mutating func hear(_ transfer: [UInt8], at now: ContinuousClock.Instant) -> [LineOutcome] {
        guard let plan else { return [] }
        guard let bytes = plan.carrier.unwrap(transfer, packetBytes: plan.input.packetBytesMax) else {
            reportLost(at: now)
            return []
        }
        guard !bytes.isEmpty else { return [] }
        settle(at: now)
        defer { stretchSpoil(at: now) }
        return dialect?.take(bytes, at: now) ?? []
    }

    /// - Returns: what a silence has ended.
    mutating func wait(until now: ContinuousClock.Instant) -> [LineOutcome] {
        dialect?.expire(at: now) ?? []
    }

    /// What the line's bytes are, for people.
    func describe(transfer: [UInt8]) -> [(name: String, value: String)] {
        guard let plan, let bytes = plan.carrier.unwrap(transfer, packetBytes: plan.input.packetBytesMax),
            !bytes.isEmpty
        else { return [] }
        return dialect?.describe(bytes) ?? []
    }
}
