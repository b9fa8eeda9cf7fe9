import Devices
import GS1
import USB

/// A line of the JSON of `debug watch`, `record` and `replay`: what happened, by the name in `event`.
struct TraceRecord: Encodable {
    struct Field: Encodable {
        let name: String
        let value: String
    }

    struct Report: Encodable {
        let path: String
        let interface: Int
        let hex: String
        let fields: [Field]
        let outcome: String
        let sinceLastUs: Int64?
    }

    struct Scan: Encodable {
        let path: String
        let interface: Int?
        let text: String
        let hex: String
        let symbology: String
        let symbologyNumber: Int
        let aim: String?
        let elements: [Element]
        let elementErrors: [String]
        let meaning: String?
    }

    struct Element: Encodable {
        let ai: String
        let title: String
        let value: String
    }

    let event: String
    var device: DeviceRecord?
    var path: String?
    var report: Report?
    var scan: Scan?
    var message: String?
    var missed: Int?

    private init(_ event: String) {
        self.event = event
    }

    static func device(_ record: DeviceRecord) -> TraceRecord {
        var line = TraceRecord("device")
        line.device = record
        return line
    }

    static func left(_ path: String) -> TraceRecord {
        var line = TraceRecord("left")
        line.path = path
        return line
    }

    static func problem(_ path: String, _ message: String) -> TraceRecord {
        var line = TraceRecord("problem")
        line.path = path
        line.message = message
        return line
    }

    static func missed(_ count: Int) -> TraceRecord {
        var line = TraceRecord("missed")
        line.missed = count
        return line
    }

    static func report(_ report: DeviceReport) -> TraceRecord {
        var line = TraceRecord("report")
        line.report = Report(
            path: report.path.description, interface: Int(report.interface), hex: report.bytes.hexadecimalDigits,
            fields: report.fields.map { Field(name: $0.name, value: $0.value) }, outcome: report.outcome,
            sinceLastUs: report.sinceLast.map { Int64($0 / .microseconds(1)) })
        return line
    }

    /// - Parameter meaning: who or what the edge took it for; `nil` without an edge.
    static func scan(_ scan: DeviceScan, meaning: String? = nil) -> TraceRecord {
        var line = TraceRecord("scan")
        let elements = scan.label.elements
        line.scan = Scan(
            path: scan.path.description, interface: Int(scan.interface),
            text: Terminal.printable(scan.label.data), hex: scan.label.data.hexadecimalDigits,
            symbology: scan.label.symbology.name, symbologyNumber: Int(scan.label.symbology.rawValue),
            aim: scan.aim.isEmpty ? nil : scan.aim,
            elements: elements?.elements.map {
                Element(
                    ai: $0.identifier.digits, title: $0.identifier.title, value: Terminal.printable($0.value))
            } ?? [],
            elementErrors: elements?.errors.map(\.message) ?? [], meaning: meaning)
        return line
    }
}

extension [UInt8] {
    /// Two digits a byte, without spaces.
    var hexadecimalDigits: String {
        map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}
