/// A scanner's protocol on its line: bytes and the time in, outcomes out. A value without clock and without port.
protocol ScannerDialect: Sendable {
    /// What the scanner can be told; `nil` when nothing is.
    var controls: (any ScannerControls)? { get }

    /// Whether checksums or counts show that a part of a label is missing, so that no whole label is mistrusted.
    var provesWholeness: Bool { get }

    /// Whether an answer may be taken for a label, or a label for an answer that is awaited.
    var answersLookLikeLabels: Bool { get }

    mutating func take(_ bytes: [UInt8], at now: ContinuousClock.Instant) -> [LineOutcome]

    /// Sends an order of ``controls``. Its end comes as ``LineOutcome/told(isFollowed:)``, or with its last bytes.
    mutating func order(_ bytes: [UInt8], at now: ContinuousClock.Instant) -> [LineOutcome]

    /// What was to be sent has ended.
    /// - Parameter isTaken: whether the scanner took it.
    mutating func sent(_ bytes: [UInt8], isTaken: Bool, at now: ContinuousClock.Instant)

    /// When ``expire(at:)`` has something to do; `nil` when nothing is awaited.
    var deadline: ContinuousClock.Instant? { get }

    mutating func expire(at now: ContinuousClock.Instant) -> [LineOutcome]

    /// Forgets what is under way: the device was reset.
    mutating func reset()

    /// The parts of what came with their names, for people who look for a fault. It shows scanned data.
    func describe(_ bytes: [UInt8]) -> [(name: String, value: String)]
}

extension ScannerDialect {
    var provesWholeness: Bool { false }

    var answersLookLikeLabels: Bool { false }

    mutating func sent(_ bytes: [UInt8], isTaken: Bool, at now: ContinuousClock.Instant) {}

    mutating func order(_ bytes: [UInt8], at now: ContinuousClock.Instant) -> [LineOutcome] {
        [.send(bytes, endsOrder: true)]
    }
}
