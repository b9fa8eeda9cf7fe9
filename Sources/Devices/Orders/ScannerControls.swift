/// The words in which a scanner is told something.
protocol ScannerControls: Sendable {
    /// - Parameter isPrevented: whether the scanner is to go on reading nothing, whatever it is told.
    /// - Returns: what to send, `nil` when the scanner does not have the control.
    func message(_ signal: ScannerSignal, isPrevented: Bool) -> ScannerMessage?
}

extension ScannerControls {
    /// Whether the scanner has the control.
    func has(_ signal: ScannerSignal) -> Bool { message(signal, isPrevented: false) != nil }
}

/// Words that are the same whether the scanner reads or not.
struct WordControls: ScannerControls {
    let words: [ScannerSignal: [UInt8]]

    func message(_ signal: ScannerSignal, isPrevented: Bool) -> ScannerMessage? {
        words[signal].map { .line($0) }
    }
}
