import CountertopClient
import Foundation
import Wire

/// Shows on standard error how far an import has come, when that is a terminal.
struct ImportMeter {
    private let begin = ContinuousClock.now
    private let isShown = isatty(STDERR_FILENO) == 1

    var seconds: Double { begin.duration(to: .now) / .seconds(1) }

    func show(_ progress: ImportEvent) {
        guard isShown else { return }
        write("\r" + ImportMeter.line(progress, seconds: seconds) + "\u{1B}[K")
    }

    func end() {
        if isShown { write("\r\u{1B}[K") }
    }

    private func write(_ text: String) {
        try? FileHandle.standardError.write(contentsOf: Data(text.utf8))
    }

    private static let width = 24

    /// The bar, the rate and the time left, as far as they are known.
    static func line(_ progress: ImportEvent, seconds: Double) -> String {
        var parts: [String] = []
        let total = Double(progress.bytesTotal)
        let done = total > 0 ? min(1, Double(progress.bytesRead) / total) : nil
        if let done {
            let filled = Int(done * Double(width))
            parts.append(
                "[" + String(repeating: "#", count: filled) + String(repeating: ".", count: width - filled) + "]")
            parts.append("\(Int(done * 100)) %")
        }
        parts.append("\(progress.rowsRead.grouped) rows")
        if seconds > 0 { parts.append("\(UInt64(Double(progress.rowsRead) / seconds).grouped)/s") }
        if let done, done > 0, done < 1 { parts.append(time(seconds / done - seconds) + " left") }
        if progress.rowsRefused > 0 { parts.append("\(progress.rowsRefused.grouped) refused") }
        return parts.joined(separator: "  ")
    }

    private static func time(_ seconds: Double) -> String {
        let whole = Int(min(max(0, seconds), 359_999).rounded(.up))
        let minutes = whole / 60
        let rest = whole % 60
        return minutes >= 60
            ? "\(minutes / 60) h \(minutes % 60) min" : minutes > 0 ? "\(minutes) min \(rest) s" : "\(rest) s"
    }
}

extension UInt64 {
    /// With a comma between thousands.
    var grouped: String {
        var digits = Substring(String(self))
        var parts: [Substring] = []
        while digits.count > 3 {
            parts.insert(digits.suffix(3), at: 0)
            digits = digits.dropLast(3)
        }
        return ([digits] + parts).joined(separator: ",")
    }
}
