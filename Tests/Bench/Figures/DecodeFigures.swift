import Devices

/// From a report's bytes to a label.
struct DecodeFigures: Figures {
    private static let reports = 4_000
    /// Short ones, and many: what is left of a disturbance falls into few of them.
    private static let rounds = 25
    private static let text = "2912345678906"

    func names(_ options: BenchOptions) -> [String] { ["decode_report_ns", "decode_wedge_key_ns"] }

    func measure(_ bench: BenchDesk) async throws {
        let count = bench.options.repetitions(Self.reports)
        var (report, key) = (Rounds(), Rounds())
        for _ in 0..<Self.rounds {
            report.add(try decodeReports(count))
            key.add(try decodeKeys(count))
        }
        bench.print("decode_report_ns", report.median, "ns")
        bench.print("decode_wedge_key_ns", key.median, "ns")
    }

    /// One HID POS report, with the label made of it.
    private func decodeReports(_ count: Int) throws -> Double {
        var decoder = try HIDPOSDecoder(descriptor: try HIDReportDescriptor(VirtualScanner.reportDescriptor))
        let report = VirtualScanner.reports(Array(Self.text.utf8), aim: "]E0")[0]
        let now = ContinuousClock.now
        var bytes = 0
        let time = Stopwatch.nanoseconds(repetitions: count) {
            for _ in 0..<count {
                guard case .scan(let scan) = decoder.decode(report: report, at: now) else { continue }
                bytes += scan.label().data.count
            }
        }
        guard bytes == count * Self.text.utf8.count else { throw BenchError("The reports do not give their labels.") }
        return time
    }

    /// A key of a wedge: the report with the key down and the one with it up.
    private func decodeKeys(_ count: Int) throws -> Double {
        var decoder = try WedgeDecoder(
            descriptor: try HIDReportDescriptor(VirtualWedge.reportDescriptor), settings: WedgeSettings())
        let reports = VirtualWedge.reports(Self.text + "\n")
        let labels = count / (Self.text.utf8.count + 1) + 1
        let now = ContinuousClock.now
        var found = 0
        let time = Stopwatch.nanoseconds(repetitions: labels * reports.count / 2) {
            for _ in 0..<labels {
                for report in reports {
                    if case .scan = decoder.decode(report: report, at: now) { found += 1 }
                }
            }
        }
        guard found == labels else { throw BenchError("The keys do not give their labels.") }
        return time
    }
}
