import Devices
import USB

/// What `debug explain --json` prints for each device.
struct DiagnosisRecord: Encodable {
    struct Finding: Encodable {
        let code: String
        let severity: String
        let what: String
        let fix: String?
    }

    let device: DeviceRecord
    let edge: String
    let findings: [Finding]

    init(_ facts: DeviceFacts, _ findings: [DeviceFinding]) {
        let (edge, lane) = Self.words(facts.edge)
        self.edge = edge
        device = DeviceRecord(facts.info, lane: lane)
        self.findings = findings.map {
            Finding(
                code: $0.code.rawValue, severity: $0.severity.rawValue, what: $0.what,
                fix: $0.fix.isEmpty ? nil : $0.fix)
        }
    }

    private static func words(_ edge: EdgeFacts) -> (edge: String, lane: String?) {
        switch edge {
        case .unknown: ("unknown", nil)
        case .notRunning: ("not_running", nil)
        case .ignoring: ("ignores_it", nil)
        case .knows(.ready, let lane, _): ("uses_it", lane)
        case .knows(.failed, let lane, _): ("failed", lane)
        case .knows(_, let lane, _): ("knows_it", lane)
        }
    }
}
