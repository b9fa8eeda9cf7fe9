/// The reports that make a HID POS scanner beep, read or stop reading. The positions come from its report descriptor.
package struct HIDPOSFeedback: Sendable {
    package enum Signal: Sendable, CaseIterable {
        case goodRead
        case error
        case notOnFile
        /// Reads as if its trigger were pulled.
        case initiateRead
        /// Reads nothing.
        case preventRead

        fileprivate var usage: HIDUsage {
            switch self {
            case .goodRead: HIDUsage.Scanner.goodReadBeep
            case .error: HIDUsage.Scanner.errorBeep
            case .notOnFile: HIDUsage.Scanner.notOnFileBeep
            case .initiateRead: HIDUsage.Scanner.initiateRead
            case .preventRead: HIDUsage.Scanner.preventRead
            }
        }
    }

    private struct Control {
        let report: HIDReport
        let element: HIDElement
    }

    private let controls: [Signal: Control]

    /// - Returns: `nil` when the descriptor has none of the controls in a scanner's collection.
    package init?(descriptor: HIDReportDescriptor) {
        var controls: [Signal: Control] = [:]
        for report in descriptor.reports(.output) + descriptor.reports(.feature) {
            for field in report.fields
            where !field.isConstant && HIDPOSLayout.isScanner(descriptor.application(of: field)) {
                for signal in Signal.allCases where controls[signal] == nil {
                    guard let index = field.firstIndex(of: signal.usage) else { continue }
                    controls[signal] = Control(report: report, element: HIDElement(field: field, index: index))
                }
            }
        }
        guard !controls.isEmpty else { return nil }
        self.controls = controls
    }

    package var signals: Set<Signal> { Set(controls.keys) }

    /// - Parameter isPrevented: whether the scanner is to go on reading nothing. The control may be a switch, so a beep
    ///   that leaves it at 0 could set the scanner reading again.
    /// - Returns: the report to send, `nil` when the device does not have the control.
    package func report(_ signal: Signal, isPrevented: Bool = false) -> HIDOutgoingReport? {
        guard let control = controls[signal] else { return nil }
        var bytes = control.report.blank()
        control.element.set(1, in: &bytes)
        if isPrevented, signal != .initiateRead { prevent(in: control.report, &bytes) }
        return HIDOutgoingReport(key: control.report.key, bytes: bytes)
    }

    /// The report that ends ``Signal/preventRead`` without making the scanner read.
    package func allowReadReport() -> HIDOutgoingReport? {
        controls[.preventRead].map { HIDOutgoingReport(key: $0.report.key, bytes: $0.report.blank()) }
    }

    private func prevent(in report: HIDReport, _ bytes: inout [UInt8]) {
        guard let control = controls[.preventRead], control.report.key == report.key else { return }
        control.element.set(1, in: &bytes)
    }
}
