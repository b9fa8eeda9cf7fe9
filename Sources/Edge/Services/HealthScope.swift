import Wire

/// One of the services whose health can be asked for.
enum HealthScope: String, CaseIterable, Sendable {
    /// Whether customers are recognised.
    case customers
    /// Whether lanes have their scans and baskets.
    case lanes
    /// Whether what is plugged in works.
    case devices

    /// The service that a finding is about; `nil` for one about the edge as a whole.
    static func of(_ finding: Finding) -> HealthScope? {
        let subject = finding.reason.split(separator: "_").first.map(String.init) ?? ""
        return switch subject {
        case "REPLICA", "SOURCE", "SAMPLE", "CUSTOMER": .customers
        case "JOURNAL", "LANE", "SCAN": .lanes
        case "DEVICE", "SCANNER", "DISPLAY", "USB": .devices
        default: nil
        }
    }

    /// Findings that keep their service from its work; with any other it goes on.
    private static let stopping: Set<String> = ["REPLICA_UNREADABLE"]

    /// The state of a service, or of all of them, with these findings.
    static func state(of scope: HealthScope?, _ findings: [Finding]) -> ServingState {
        guard !findings.isEmpty else { return .serving }
        let stopped = Set(findings.filter { stopping.contains($0.reason) }.compactMap(of))
        return stopped.isSuperset(of: scope.map { [$0] } ?? Set(allCases)) ? .notServing : .degraded
    }
}
