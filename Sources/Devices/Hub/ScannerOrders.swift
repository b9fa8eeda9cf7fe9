/// What a scanner is told, one report at a time. A value without clock and without port.
///
/// The newest beep wins, and whether the scanner reads is told before any beep.
struct ScannerOrders: Sendable {
    private let feedback: HIDPOSFeedback?
    private(set) var isArmed = true
    /// Whether the scanner was told to read nothing.
    private var isPrevented = false
    private var beep: HIDPOSFeedback.Signal?
    private var isSending = false

    /// - Parameter feedback: `nil` for a scanner without controls, which is disarmed by dropping what it reads.
    init(feedback: HIDPOSFeedback?) {
        self.feedback = feedback
    }

    mutating func arm(_ armed: Bool) {
        isArmed = armed
    }

    /// A scanner without the very beep gives the one that means nearly the same, or none: a good beep is never a bad one.
    mutating func beep(_ wanted: Feedback) {
        let signals: [HIDPOSFeedback.Signal] =
            switch wanted {
            case .goodRead: [.goodRead]
            case .error: [.error, .notOnFile]
            case .notOnFile: [.notOnFile, .error]
            }
        beep = signals.first { feedback?.signals.contains($0) == true }
    }

    /// The next report to send; `nil` while one is on its way and when all is said.
    mutating func next() -> HIDOutgoingReport? {
        guard !isSending, let feedback else { return nil }
        if isArmed == isPrevented, let report = isArmed ? feedback.allowReadReport() : feedback.report(.preventRead) {
            isPrevented = !isArmed
            isSending = true
            return report
        }
        guard let signal = beep.take(), let report = feedback.report(signal, isPrevented: isPrevented) else {
            return nil
        }
        isSending = true
        return report
    }

    mutating func ended() {
        isSending = false
    }

    /// The scanner was reset: it reads, whatever it was told.
    mutating func forget() {
        isSending = false
        isPrevented = false
        beep = nil
    }
}
