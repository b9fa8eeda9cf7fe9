extension ScannerLine {
    /// Decodes a report as ``decode(_:at:)`` does, and says what it meant.
    mutating func explain(_ report: [UInt8], at now: ContinuousClock.Instant) -> (outcome: Outcome, sentence: String) {
        settle(at: now)
        defer { stretchSpoil(at: now) }
        var outcome = Outcome.ignored
        var sentence = "nothing"
        switch pos?.decode(report: report, at: now) {
        case .scan(let scan):
            outcome = whole(scan.label(isZebra: isZebra), scan.identifier)
            sentence = scan.reports == 1 ? "a scan" : "a scan of \(scan.reports) reports"
        case .more: (outcome, sentence) = (.more, "more follows")
        case .ignored(let reason): sentence = reason.description
        case nil: break
        }
        switch wedge?.decode(report: report, at: now) {
        case .scan(let scan):
            outcome = whole(scan.label(isZebra: isZebra), scan.identifier)
            let suspicion = wedge?.layoutSuspicion(scan.data).map { ". " + $0 } ?? ""
            sentence = "a scan of \(scan.keys) keys" + suspicion
        case .more: (outcome, sentence) = (.more, "more follows")
        case .ignored(let reason): sentence = reason.description
        case nil: break
        }
        if case .spoiled = outcome { sentence += ", dropped because a part of it was lost" }
        return (outcome, sentence)
    }

    /// - Returns: how long after the last report that was told this one came.
    mutating func sinceLastTold(_ now: ContinuousClock.Instant) -> Duration? {
        defer { lastTold = now }
        return lastTold?.duration(to: now)
    }

    /// The parts of a report with their names.
    func describe(_ report: [UInt8]) -> [(name: String, value: String)] {
        wedge?.describe(report) ?? descriptor?.describe(report) ?? []
    }
}
