import Devices
import GS1
import Synchronization
import USB

/// Prints what a hub tells, for a technician or for a program.
final class DeviceTrace: Sendable {
    private let selector: DeviceSelector?
    private let isJSON: Bool
    /// The devices that are shown.
    private let shown = Mutex<Set<USBPath>>([])

    /// - Parameter isJSON: whether each line is one of ``TraceRecord``.
    init(only selector: DeviceSelector?, json isJSON: Bool = false) {
        self.selector = selector
        self.isJSON = isJSON
    }

    /// Whether nothing was shown yet.
    var isEmpty: Bool { shown.withLock(\.isEmpty) }

    /// Whether a device's events are shown.
    func shows(_ path: USBPath) -> Bool { shown.withLock { $0.contains(path) } }

    /// - Parameters:
    ///   - lane: the lane that the device serves, as an edge says.
    ///   - meaning: who or what an edge took a scan for.
    func take(_ event: DeviceEvent, lane: String? = nil, meaning: String? = nil) {
        switch event {
        case .changed(let info) where isShown(info.device):
            print(.device(DeviceRecord(info, lane: lane))) { DeviceText(info, lane: lane).lines }
        case .left(let info) where isShown(info.device):
            print(.left(info.device.path.description)) { ["\(info.device.path)  unplugged"] }
        case .problem(let info, let words) where isShown(info.device):
            print(.problem(info.device.path.description, words)) { ["\(info.device.path)  \(Ink.yellow(words))"] }
        case .report(let report) where shows(report.path): print(.report(report)) { Self.lines(report) }
        case .scan(let scan) where shows(scan.path):
            print(.scan(scan, meaning: meaning)) { Self.lines(scan, meaning) }
        case .changed, .left, .problem, .report, .scan: break
        }
    }

    /// So many events were not told.
    func missed(_ count: Int) {
        print(.missed(count)) { [Ink.yellow("\(count) events were missed, because this terminal was too slow")] }
    }

    private func print(_ record: @autoclosure () -> TraceRecord, _ lines: () -> [String]) {
        guard !isJSON else { return Terminal.json(record()) }
        Terminal.write(lines().joined(separator: "\n") + "\n")
    }

    private func isShown(_ device: USBDevice) -> Bool {
        guard selector?.matches(device) ?? true else { return false }
        shown.withLock { _ = $0.insert(device.path) }
        return true
    }

    private static func lines(_ report: DeviceReport) -> [String] {
        let wait = report.sinceLast.map { ", \(words($0)) after the last" } ?? ""
        let heading = "report of \(report.bytes.count) bytes on interface \(report.interface)\(wait)"
        let lines = WrappedText("\(heading): \(report.outcome)", first: "\(report.path)  ", indent: 4).lines
        return lines + hexadecimal(report.bytes) + report.fields.map { "    \($0.name): \($0.value)" }
    }

    /// "4.1 ms", "2.0 s".
    private static func words(_ wait: Duration) -> String {
        let milliseconds = wait / .milliseconds(1)
        let tenths = Int((milliseconds < 1_000 ? milliseconds : milliseconds / 1_000) * 10)
        return "\(tenths / 10).\(tenths % 10) \(milliseconds < 1_000 ? "ms" : "s")"
    }

    /// A scan is told of by itself: one that ends by silence comes with no report.
    private static func lines(_ scan: DeviceScan, _ meaning: String?) -> [String] {
        let aim = scan.aim.isEmpty ? "" : " \(scan.aim)"
        let data = Terminal.printable(scan.label.data)
        var lines = ["\(scan.path)  scan  \(scan.label.symbology.name)\(aim)  \(Ink.green(data))"]
        if let string = scan.label.elements {
            lines += string.elements.map {
                "    \($0.identifier) \($0.identifier.title): \(Terminal.printable($0.value))"
            }
            lines += string.errors.map { "    not as GS1 has it: \($0.message)" }
        }
        if let meaning { lines.append("    " + Ink.cyan("is \(meaning)")) }
        return lines
    }

    /// Sixteen bytes a line, without the zeros at the end.
    private static func hexadecimal(_ bytes: [UInt8]) -> [String] {
        let filled = bytes[..<((bytes.lastIndex { $0 != 0 } ?? -1) + 1)]
        return stride(from: 0, to: filled.count, by: 16).map { start in
            let row = filled[start..<min(start + 16, filled.count)]
            return Ink.faint(
                "    " + row.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined(separator: " "))
        }
    }
}
