/// Tells a scanner's answers from its labels on a line of text: a value without clock, which is told the time.
struct AnswerCollector: Sendable {
    enum Finding: Sendable, Equatable {
        /// A byte of a label.
        case label
        /// Kept for an answer, or until it is known to begin none.
        case held
        case ended([UInt8])
        /// What was kept begins no answer: bytes of labels.
        case released([UInt8])
    }

    private enum Place: Sendable {
        /// Nothing is awaited.
        case outside
        /// A question was asked, whose answer has no beginning to be known by.
        case awaiting
        /// SOH came, and STX may.
        case opening
        /// Between SOH STX and ETX EOT.
        case framed
    }

    private let end: TextWords.AnswerEnd
    private let silence: Duration
    private let limits: SerialLimits
    private var place = Place.outside
    private var isAwaited = false
    private var bytes: [UInt8] = []
    /// When the last byte came, or the question was asked.
    private var last: ContinuousClock.Instant?

    init(_ end: TextWords.AnswerEnd, silence: Duration, limits: SerialLimits) {
        self.end = end
        self.silence = silence
        self.limits = limits
    }

    /// A question was sent. What comes until the answer's end is the answer.
    mutating func expect(at now: ContinuousClock.Instant) {
        isAwaited = true
        place = .awaiting
        bytes = []
        last = now
    }

    mutating func take(_ byte: UInt8, at now: ContinuousClock.Instant) -> Finding {
        switch (place, end) {
        case (.outside, .framed) where byte == 0x01, (.awaiting, .framed) where bytes.isEmpty && byte == 0x01:
            place = .opening
        case (.outside, _): return .label
        case (.opening, _):
            guard byte == 0x02 else { return release(byte, at: now) }
            place = .framed
        case (.framed, _), (.awaiting, _): break
        }
        last = now
        // The rest of an answer that is too long is no label either.
        if bytes.count >= limits.answerBytesMax { bytes.removeFirst(bytes.count / 2) }
        bytes.append(byte)
        return hasEnded ? finish() : .held
    }

    /// SOH alone begins no answer of its own.
    private mutating func release(_ byte: UInt8, at now: ContinuousClock.Instant) -> Finding {
        bytes.append(byte)
        guard !isAwaited else {
            place = .awaiting
            last = now
            return .held
        }
        let held = bytes
        reset()
        return .released(held)
    }

    private var hasEnded: Bool {
        switch (place, end) {
        case (.framed, _): return bytes.suffix(2) == [0x03, 0x04]
        case (.awaiting, .echoed(let name)):
            guard bytes.count >= name.count + 2, bytes.last == 0x2E else { return false }
            let result = bytes[bytes.count - 2]
            return [0x06, 0x05, 0x15].contains(result) && bytes.dropLast(2).suffix(name.count) == name[...]
        default: return false
        }
    }

    var deadline: ContinuousClock.Instant? {
        guard let last, place != .outside else { return nil }
        if case .framed = end, place == .awaiting, !bytes.isEmpty { return last + silence }
        return last + limits.answerWait
    }

    /// Ends an answer that goes on no more.
    mutating func expire(at now: ContinuousClock.Instant) -> Finding? {
        guard let deadline, deadline <= now else { return nil }
        if place == .opening, !isAwaited {
            let held = bytes
            reset()
            return .released(held)
        }
        return finish()
    }

    private mutating func finish() -> Finding {
        defer { reset() }
        return .ended(bytes)
    }

    mutating func reset() {
        place = .outside
        isAwaited = false
        bytes = []
        last = nil
    }
}
