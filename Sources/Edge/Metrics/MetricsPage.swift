/// A page of Prometheus' text as it grows: the series of one name stand together, under what it means.
struct MetricsPage {
    private let helps: [String: String]
    private var families: [String: (type: String, lines: [String])] = [:]

    init(helps: [String: String]) {
        self.helps = helps
    }

    /// - Parameter values: by the suffix of their names.
    mutating func add(_ key: MetricsRegistry.Key, _ type: String, _ values: [String: Double]) {
        let lines = values.map { "\(key.name)\($0.key)\(key.labels) \(Self.number($0.value))" }
        families[key.name, default: (type, [])].lines += lines
    }

    mutating func add(_ key: MetricsRegistry.Key, _ state: BucketHandler.State) {
        var lines: [String] = []
        var below: UInt64 = 0
        for (bound, count) in zip(state.bounds.map(Self.number) + ["+Inf"], state.counts) {
            below += count
            let labels =
                key.labels.isEmpty ? "{le=\"\(bound)\"}" : key.labels.dropLast() + ",le=\"\(bound)\"}"
            lines.append("\(key.name)_bucket\(labels) \(below)")
        }
        lines.append("\(key.name)_sum\(key.labels) \(Self.number(state.sumSeconds))")
        lines.append("\(key.name)_count\(key.labels) \(below)")
        families[key.name, default: ("histogram", [])].lines += lines
    }

    var text: String {
        families.sorted { $0.key < $1.key }.map { name, family in
            // The lines of a histogram stay in their order.
            let lines = family.type == "histogram" ? family.lines : family.lines.sorted()
            let help = helps[name].map { "# HELP \(name) \($0)\n" } ?? ""
            return "\(help)# TYPE \(name) \(family.type)\n\(lines.joined(separator: "\n"))\n"
        }.joined()
    }

    private static func number(_ value: Double) -> String {
        value == value.rounded() && abs(value) < 1e15 ? String(Int64(value)) : String(value)
    }
}
