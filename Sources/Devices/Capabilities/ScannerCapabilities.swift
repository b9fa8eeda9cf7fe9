/// What a scanner can do, as far as it is known. What nobody has said or seen stays unknown.
package struct ScannerCapabilities: Sendable, Hashable {
    /// Whether it reads matrix codes such as QR; `nil` when that is not known.
    package var reads2D: Bool?
    /// Whether it reads a code on a telephone's screen, which a laser does not; `nil` when that is not known.
    package var readsScreens: Bool?
    /// What it can be told, such as its beeps, in the order of ``ScannerSignal``; empty for a scanner that takes no orders, and
    /// before it is open.
    package var signals: [ScannerSignal]

    package init(reads2D: Bool? = nil, readsScreens: Bool? = nil, signals: [ScannerSignal] = []) {
        self.reads2D = reads2D
        self.readsScreens = readsScreens
        self.signals = signals
    }

    /// Whether it can tell the person who holds it how a scan ended.
    package var hasFeedback: Bool { signals.contains { [.goodRead, .error, .notOnFile, .lightOn].contains($0) } }

    /// Why it does not read a QR code from a telephone, as a sentence's end after "It"; `nil` when it does or when nobody knows.
    package var whyNoPhoneCode: String? {
        if reads2D == false { return "reads no 2D codes, such as the QR code on a telephone" }
        if readsScreens == false { return "reads no codes on screens, such as that of a telephone" }
        return nil
    }
}
