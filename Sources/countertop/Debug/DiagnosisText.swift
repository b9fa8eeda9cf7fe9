import Devices
import USB

/// What is wrong with a device and what to do, in words for a terminal of 80 columns.
struct DiagnosisText {
    let lines: [String]

    private static let indent = 11

    init(_ facts: DeviceFacts, _ findings: [DeviceFinding]) {
        var lines = [DeviceText.heading(facts.info.device)]
        if !facts.info.mode.isEmpty { lines.append("  mode     \(Terminal.lines(facts.info.mode))") }
        for finding in findings {
            let (word, ink) = Self.words(finding.severity)
            let padded = word + String(repeating: " ", count: max(1, Self.indent - 2 - word.count))
            lines +=
                WrappedText(
                    Terminal.lines(finding.what), first: "  " + (ink?(padded) ?? padded), indent: Self.indent
                ).lines
            guard !finding.fix.isEmpty else { continue }
            lines +=
                WrappedText(
                    Terminal.lines(finding.fix), first: "    do     ", indent: Self.indent, isWhole: Self.isCommand
                ).lines
        }
        if !findings.contains(where: { $0.severity != .note }) {
            lines.append("  " + Ink.green("ok") + "       Nothing to mend.")
        }
        self.lines = lines
    }

    private static func words(_ severity: DeviceFinding.Severity) -> (String, Ink?) {
        switch severity {
        case .fault: ("FAULT", .red)
        case .warning: ("warning", .yellow)
        case .note: ("note", nil)
        }
    }

    /// Commands and lines of files are there to be copied.
    private static func isCommand(_ line: Substring) -> Bool {
        ["sudo ", "echo ", "countertop udev-rules", "SUBSYSTEM", "Until then: ", "lanes:", "keyboards:", "serial_"]
            .contains { line.hasPrefix($0) }
    }
}

extension Terminal {
    /// A stranger's text in its own lines, without other control characters.
    static func lines(_ text: String) -> String {
        text.split(separator: "\n", omittingEmptySubsequences: false).map { printable(Array($0.utf8)) }
            .joined(separator: "\n")
    }
}
