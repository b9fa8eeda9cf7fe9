/// What was found, for people.
struct DoctorText {
    let lines: [String]

    init(_ examination: Examination, showsAll: Bool) {
        var lines: [String] = []
        let shown = examination.findings.filter { showsAll || $0.severity != .fine }
        for finding in shown.sorted(by: { $0.severity > $1.severity }) {
            lines.append("\(Self.mark(finding.severity)) \(finding.check): \(finding.message)")
            for line in (finding.command ?? "").split(separator: "\n") { lines.append("      \(line)") }
        }
        let count = { (severity: Diagnosis.Severity) in examination.findings.count { $0.severity == severity } }
        lines.append(
            "\(examination.findings.count) things were looked at: \(count(.wrong)) wrong, \(count(.warning)) to look after, "
                + "\(count(.unknown)) could not be told")
        self.lines = lines
    }

    private static func mark(_ severity: Diagnosis.Severity) -> String {
        switch severity {
        case .fine: "ok   "
        case .unknown: "?    "
        case .warning: "warn "
        case .wrong: "WRONG"
        }
    }
}
