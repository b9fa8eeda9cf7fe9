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
        case "REPLICA", "RECORDS", "SOURCE", "SAMPLE", "CUSTOMER": .customers
        case "JOURNAL", "LANE", "SCAN", "SCANS": .lanes
        case "DEVICE", "SCANNER", "DISPLAY", "USB": .devices
        default: nil
        }
    }

    /// What an edge is for: without one of these it is of no use to a till.
    private static let essential: Set<HealthScope> = [.customers, .lanes]

    /// The state of a service, or of the edge as a whole, with these findings.
    static func state(of scope: HealthScope?, _ findings: [Finding]) -> ServingState {
        let findings = findings.filter { FindingLevel($0) >= .lack }
        guard !findings.isEmpty else { return .serving }
        let stopped = Set(findings.filter { FindingLevel($0) == .stop }.compactMap(of))
        return stopped.isDisjoint(with: scope.map { [$0] } ?? essential) ? .degraded : .notServing
    }
}
