import Devices
import Synchronization
import USB

/// Prints what a hub tells, for a technician.
final class DeviceTrace: Sendable {
    private let selector: DeviceSelector?
    /// The devices that are shown.
    private let shown = Mutex<Set<USBPath>>([])

    init(only selector: DeviceSelector?) {
        self.selector = selector
    }

    /// Whether nothing was shown yet.
    var isEmpty: Bool { shown.withLock(\.isEmpty) }

    func take(_ event: DeviceEvent) {
        switch event {
        case .changed(let info) where isShown(info.device):
            Terminal.write(DeviceText(info).lines.joined(separator: "\n") + "\n")
        case .left(let info) where isShown(info.device): Terminal.write("\(info.device.path)  unplugged\n")
        case .problem(let info, let words) where isShown(info.device): Terminal.write("\(info.device.path)  \(words)\n")
        case .report(let report) where shown.withLock({ $0.contains(report.path) }): tell(report)
        case .scan(let scan) where shown.withLock({ $0.contains(scan.path) }): tell(scan)
        case .changed, .left, .problem, .report, .scan: break
        }
    }

    private func isShown(_ device: USBDevice) -> Bool {
        guard selector?.matches(device) ?? true else { return false }
        shown.withLock { _ = $0.insert(device.path) }
        return true
    }

    private func tell(_ report: DeviceReport) {
        var lines = [
            "\(report.path)  report of \(report.bytes.count) bytes on interface \(report.interface): \(report.outcome)"
        ]
        lines += Self.hexadecimal(report.bytes)
        lines += report.fields.map { "    \($0.name): \($0.value)" }
        Terminal.write(lines.joined(separator: "\n") + "\n")
    }

    /// A scan is told of by itself: one that ends by silence comes with no report.
    private func tell(_ scan: DeviceScan) {
        let aim = scan.aim.isEmpty ? "" : " \(scan.aim)"
        Terminal.write(
            "\(scan.path)  scan  \(scan.label.symbology.name)\(aim)  \(Terminal.printable(scan.label.data))\n")
    }

    /// Sixteen bytes a line, without the zeros at the end.
    private static func hexadecimal(_ bytes: [UInt8]) -> [String] {
        let filled = bytes[..<((bytes.lastIndex { $0 != 0 } ?? -1) + 1)]
        return stride(from: 0, to: filled.count, by: 16).map { start in
            let row = filled[start..<min(start + 16, filled.count)]
            return "    " + row.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined(separator: " ")
        }
    }
}
