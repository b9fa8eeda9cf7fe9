/// Honeywell's commands through the reports of HID POS: what the report descriptor offers, and behind report FD what it does
/// not. The answers come in the report of scans, marked as no scans.
struct HoneywellPOSControls: ScannerControls {
    let feedback: HIDPOSFeedback?

    private static let report: UInt8 = 0xFD
    private static let reportBytes = 64

    func message(_ signal: ScannerSignal, isPrevented: Bool) -> ScannerMessage? {
        if let message = feedback?.message(signal, isPrevented: isPrevented) { return message }
        guard let word = TextWords.honeywell[signal] else { return nil }
        let filling = [UInt8](repeating: 0, count: Self.reportBytes - 2 - word.count)
        return .report(
            HIDOutgoingReport(
                key: HIDReport.Key(.output, id: Self.report),
                bytes: [Self.report, UInt8(word.count)] + word + filling))
    }
}
