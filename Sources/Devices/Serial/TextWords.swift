/// The commands of scanners whose labels come as text.
struct TextWords: Sendable {
    /// How an answer ends.
    enum AnswerEnd: Sendable {
        /// No question is ever asked.
        case none
        /// Behind SOH STX, with ETX EOT (Datalogic PowerScan, appendix E), or, where the scanner does not frame it, by silence.
        case framed
        /// With the question's name, ACK, ENQ or NAK, and a full stop (Honeywell's menu commands).
        case echoed([UInt8])
    }

    let controls: (any ScannerControls)?
    let answerEnd: AnswerEnd
    /// The bytes that ask for the revision.
    let question: [UInt8]?

    init(_ dialect: SerialSettings.Dialect) {
        switch dialect {
        case .datalogic:
            controls = DatalogicControls()
            answerEnd = .framed
            question = DatalogicControls.question
        case .honeywell:
            controls = WordControls(words: Self.honeywell)
            answerEnd = .echoed(Array("REVINF".utf8))
            question = Self.honeywell[.askRevision]
        case .text, .ssi:
            controls = nil
            answerEnd = .none
            question = nil
        }
    }

    /// SYN, the command, CR. There is one beep, and none that says that something is wrong.
    static let honeywell: [ScannerSignal: [UInt8]] = [
        .goodRead: [0x16, 0x07, 0x0D],
        .pullTrigger: [0x16, 0x54, 0x0D],
        .releaseTrigger: [0x16, 0x55, 0x0D],
        .askRevision: [0x16, 0x4D, 0x0D] + Array("REVINF.".utf8),
    ]
}

/// Datalogic's host commands of one byte (Magellan 800i, appendix F; PowerScan, appendix E).
struct DatalogicControls: ScannerControls {
    static let question: [UInt8] = [0x69]

    /// "F" leaves the scanner disabled until "E", so that every "F" is followed by one unless the scanner is to be silent.
    private static let words: [ScannerSignal: [UInt8]] = [
        .goodRead: [0x01], .error: [0x07], .notOnFile: [0x46], .preventRead: [0x44], .allowRead: [0x45],
        .pullTrigger: [0x54], .releaseTrigger: [0x58], .askRevision: question,
    ]

    func message(_ signal: ScannerSignal, isPrevented: Bool) -> ScannerMessage? {
        guard let word = Self.words[signal] else { return nil }
        return .line(signal == .notOnFile && !isPrevented ? word + [0x45] : word)
    }
}
