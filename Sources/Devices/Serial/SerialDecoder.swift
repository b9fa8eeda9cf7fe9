/// Cuts the text of a serial line into labels: a value without clock, which is told the time.
package struct SerialDecoder: Sendable {
    private let settings: SerialSettings
    private let limits: SerialLimits
    private var label: [UInt8] = []
    private var isTooLong = false
    /// When the last byte of the label under way came; `nil` when none is.
    private var last: ContinuousClock.Instant?

    package init(settings: SerialSettings, limits: SerialLimits = .standard) {
        self.settings = settings
        self.limits = limits
    }

    /// Takes bytes as they came, however they were cut.
    package mutating func decode(_ bytes: some Sequence<UInt8>, at now: ContinuousClock.Instant) -> [LineOutcome] {
        var outcomes = expire(at: now)
        for byte in bytes {
            last = now
            if let outcome = take(byte) { outcomes.append(outcome) }
        }
        return outcomes
    }

    /// When ``expire(at:)`` has something to do; `nil` when no label is under way.
    package var deadline: ContinuousClock.Instant? { last.map { $0 + settings.silence } }

    /// Ends a label after which nothing came for ``SerialSettings/silence``.
    package mutating func expire(at now: ContinuousClock.Instant) -> [LineOutcome] {
        guard let deadline, deadline <= now else { return [] }
        let isWhole = settings.terminator == .automatic || settings.terminator == .none
        let outcome = finish()
        guard !isWhole, case .scan = outcome else { return [outcome] }
        return [.ignored(.unterminated)]
    }

    /// Forgets the label under way: the device was unplugged or reset.
    package mutating func reset() {
        label = []
        isTooLong = false
        last = nil
    }

    /// - Returns: how the label ended, `nil` when the byte did not end it.
    private mutating func take(_ byte: UInt8) -> LineOutcome? {
        switch (settings.terminator, byte) {
        case (.automatic, 0x0D), (.automatic, 0x0A), (.cr, 0x0D), (.lf, 0x0A), (.tab, 0x09), (.etx, 0x03):
            return finish()
        case (.crlf, 0x0A) where label.last == 0x0D:
            label.removeLast()
            return finish()
        default: break
        }
        guard label.count < limits.scanBytesMax + 1, !isTooLong else {
            isTooLong = true
            // CR LF is looked for in the two last bytes.
            label = [byte]
            return nil
        }
        label.append(byte)
        return nil
    }

    private mutating func finish() -> LineOutcome {
        defer { reset() }
        guard !isTooLong, label.count <= limits.scanBytesMax else { return .ignored(.scanTooLong) }
        guard settings.identifierIsSent, label.count >= 3, label[0] == 0x5D,
            let identifier = AIMIdentifier(code: label[1], modifier: label[2])
        else { return label.isEmpty ? .ignored(.emptyScan) : .scan(LineScan(data: label)) }
        guard label.count > 3 else { return .ignored(.emptyScan) }
        return .scan(LineScan(data: Array(label.dropFirst(3)), identifier: identifier))
    }
}
