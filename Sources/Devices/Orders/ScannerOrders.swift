/// What a scanner is told, one message at a time. A value without clock and without port.
///
/// The newest beep wins, and whether the scanner reads is told before any beep.
struct ScannerOrders: Sendable {
    private let controls: (any ScannerControls)?
    private(set) var isArmed = true
    /// Whether the scanner was told to read nothing.
    private var isPrevented = false
    /// Whether somebody who tries the scanner out wants it to read nothing, although it is armed.
    private(set) var isHeld = false
    /// How often the scanner did not take that it is to read, or not to.
    private var readingFaults = 0
    /// Whether what is on its way says whether it reads.
    private var isReadingUnderWay = false
    /// How often a scanner is told again whether it reads.
    static let readingTriesMax = 3
    private var beep: ScannerSignal?
    /// Anything else to be told, each at most once and the newest last.
    private var wishes: [ScannerSignal] = []
    /// What is on its way.
    private var underWay: ScannerSignal?
    private var isSending = false

    /// - Parameter controls: `nil` for a scanner without controls, which is disarmed by dropping what it reads.
    init(controls: (any ScannerControls)?) {
        self.controls = controls
    }

    /// What the scanner can be told.
    var signals: [ScannerSignal] { ScannerSignal.allCases.filter { controls?.has($0) == true } }

    mutating func arm(_ armed: Bool) {
        if isArmed != armed { isHeld = false }
        isArmed = armed
        readingFaults = 0
    }

    /// A scanner without the very beep gives the one that means nearly the same, or none: a good beep is never a bad one.
    mutating func beep(_ wanted: Feedback) {
        let signals: [ScannerSignal] =
            switch wanted {
            case .goodRead: [.goodRead]
            case .error: [.error, .notOnFile]
            case .notOnFile: [.notOnFile, .error]
            }
        beep = signals.first { controls?.has($0) == true }
    }

    /// Tells it something else; what it cannot be told is dropped.
    mutating func wish(_ signal: ScannerSignal) {
        guard controls?.has(signal) == true else { return }
        if let holds = signal.holdsReading {
            isHeld = holds
            readingFaults = 0
            // A scanner that is disarmed stays so.
            guard holds || isArmed else { return wishes.removeAll { $0 == .preventRead } }
        }
        wishes.removeAll { $0 == signal || $0 == signal.opposite }
        wishes.append(signal)
    }

    /// The next message to send; `nil` while one is on its way and when all is said.
    mutating func next() -> ScannerMessage? {
        guard !isSending, let controls else { return nil }
        let mayRead = isArmed && !isHeld
        let reading: ScannerSignal = mayRead ? .allowRead : .preventRead
        if mayRead == isPrevented, readingFaults < Self.readingTriesMax,
            let message = controls.message(reading, isPrevented: isPrevented)
        {
            if wishes.contains(reading) { underWay = reading }
            wishes.removeAll { $0 == reading }
            return send(message, mayRead: mayRead)
        }
        if let signal = beep.take(), let message = controls.message(signal, isPrevented: isPrevented) {
            isSending = true
            return message
        }
        guard !wishes.isEmpty else { return nil }
        let signal = wishes.removeFirst()
        guard let message = controls.message(signal, isPrevented: isPrevented) else { return nil }
        underWay = signal
        if let holds = signal.holdsReading { return send(message, mayRead: !holds) }
        isSending = true
        return message
    }

    private mutating func send(_ message: ScannerMessage, mayRead: Bool) -> ScannerMessage {
        isPrevented = !mayRead
        isReadingUnderWay = true
        isSending = true
        return message
    }

    /// The message that was on its way has ended.
    /// - Parameter isTaken: whether the scanner took it. One that did not take whether it reads is told again, a few times.
    /// - Returns: what it told, where it was a wish.
    @discardableResult
    mutating func ended(isTaken: Bool = true) -> ScannerSignal? {
        isSending = false
        if isReadingUnderWay {
            isReadingUnderWay = false
            readingFaults = isTaken ? 0 : readingFaults + 1
            if !isTaken { isPrevented.toggle() }
        }
        return underWay.take()
    }

    /// The scanner was reset: it reads, whatever it was told.
    mutating func forget() {
        isSending = false
        underWay = nil
        isPrevented = false
        isHeld = false
        isReadingUnderWay = false
        readingFaults = 0
        beep = nil
        wishes = []
    }
}
