import Journal

extension EdgeConfiguration {
    /// How long scans wait, and how many are kept.
    package struct Scans: Sendable {
        /// How long a scan waits for a till, and a customer for a basket. A later one is delivered marked as expired.
        package var wait: Duration
        /// How many scans a lane keeps. Of more, the oldest cannot be given to a till any more, which is told so.
        package var keptMax: Int

        package static let standard = Scans(
            wait: LaneLimits().scanTime, keptMax: Int(JournalLimits().keptScansMax))
    }
}

extension EdgeConfiguration.Scans {
    init(_ section: ConfigurationReader) throws {
        try section.allowOnly(["wait_seconds", "kept_max"])
        self = .standard
        wait = try section.integer("wait_seconds", in: 1...3_600).map { .seconds($0) } ?? wait
        keptMax = try section.integer("kept_max", in: 100...10_000_000) ?? keptMax
    }
}
