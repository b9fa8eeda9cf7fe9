/// A line of text: labels, and the answers of scanners that are asked something.
struct TextDialect: ScannerDialect {
    private let words: TextWords
    private var decoder: SerialDecoder
    private var answers: AnswerCollector
    /// Looks for packets of SSI, which come when the scanner is set to another dialect than its entry says.
    private var packets: SSIReader?

    init(settings: SerialSettings, limits: SerialLimits = .standard) {
        words = TextWords(settings.dialect)
        decoder = SerialDecoder(settings: settings, limits: limits)
        answers = AnswerCollector(words.answerEnd, silence: settings.silence, limits: limits)
        packets = settings.dialect == .text ? SSIReader(limits: limits) : nil
    }

    var controls: (any ScannerControls)? { words.controls }

    var answersLookLikeLabels: Bool { words.question != nil }

    var deadline: ContinuousClock.Instant? { [decoder.deadline, answers.deadline].compactMap { $0 }.min() }

    mutating func take(_ bytes: [UInt8], at now: ContinuousClock.Instant) -> [LineOutcome] {
        var outcomes = expire(at: now)
        for byte in bytes {
            if case .packet(let packet) = packets?.take(byte, at: now), packet.opcode == SSIPacket.Opcode.decodeData,
                packet.source == SSIPacket.decoderSource
            {
                decoder.reset()
                outcomes.append(.ignored(.packetOfSSI))
                continue
            }
            switch answers.take(byte, at: now) {
            case .label: outcomes += decoder.decode(CollectionOfOne(byte), at: now)
            case .held: break
            case .ended(let answer): outcomes.append(.answer(answer))
            case .released(let held): outcomes += decoder.decode(held, at: now)
            }
        }
        return outcomes
    }

    mutating func order(_ bytes: [UInt8], at now: ContinuousClock.Instant) -> [LineOutcome] {
        var outcomes = expire(at: now)
        if bytes == words.question { answers.expect(at: now) }
        outcomes.append(.send(bytes, endsOrder: true))
        return outcomes
    }

    mutating func expire(at now: ContinuousClock.Instant) -> [LineOutcome] {
        var outcomes: [LineOutcome] = []
        _ = packets?.expire(at: now)
        switch answers.expire(at: now) {
        case .ended(let answer): outcomes.append(answer.isEmpty ? .ignored(.unanswered) : .answer(answer))
        case .released(let held): outcomes += decoder.decode(held, at: now)
        case .label, .held, nil: break
        }
        return outcomes + decoder.expire(at: now)
    }

    mutating func reset() {
        decoder.reset()
        answers.reset()
        packets?.reset()
    }

    func describe(_ bytes: [UInt8]) -> [(name: String, value: String)] {
        [("text", bytes.shown)]
    }
}
