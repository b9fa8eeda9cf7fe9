import CountertopClient
import Edge
import Foundation

/// What an edge says of itself, and what to do about it.
extension Examination {
    /// A finding of the edge's own: where it belongs, and what mends it.
    struct Remedy {
        let check: String
        let command: String
    }

    mutating func edge() {
        guard let status = facts.status else {
            guard !facts.isRefused else {
                return add(
                    "edge", .unknown,
                    "An edge runs, and does not answer this user: \(facts.statusFault ?? "it refuses.")",
                    sudo("doctor"))
            }
            return add(
                "edge", .wrong, "The edge does not answer: \(facts.statusFault ?? "it does not run.")",
                facts.given.isInstalled ? log("-n 50") : run)
        }
        for finding in status.findings where finding.reason != Self.unrenewed {
            let remedy = remedy(finding.reason)
            add(remedy.check, Self.severity(of: finding), finding.message, remedy.command)
        }
        if !findings.contains(where: { $0.check == "edge" }) {
            add("edge", .fine, "Version \(status.version) serves \(status.lanes.count) lanes.")
        }
    }

    private static func severity(of finding: Finding) -> Diagnosis.Severity {
        switch FindingLevel(finding) {
        case .note: .fine
        case .errand, .lack: .warning
        case .stop: .wrong
        }
    }

    /// The certificates have a check of their own.
    static let unrenewed = "CERTIFICATE_UNRENEWED"

    mutating func sources() {
        guard let replica = facts.status?.replica else { return }
        if replica.ageMs > UInt64(Self.replicaAgeMax.components.seconds) * 1_000 {
            add(
                "sources", .warning,
                "The local copy is \(StatusText.time(milliseconds: replica.ageMs)) old, so new customers are not recognised.",
                sudo("customers feeds"))
        } else if !findings.contains(where: { $0.check == "sources" }) {
            add("sources", .fine, "The local copy holds \(replica.customers) customers.")
        }
    }

    mutating func systems() {
        guard let status = facts.status else { return }
        for system in status.systems where system.state == .failing || system.state == .down {
            add(
                "systems", .warning, "\(system.name) does not answer, or refuses: \(system.failure)",
                sudo("systems check \(system.name)"))
        }
        for system in status.outboxSystems where system.down {
            add("systems", .warning, "\(system.name) does not answer: \(system.failure)", sudo("outbox list"))
        }
        if !findings.contains(where: { $0.check == "systems" }) {
            add("systems", .fine, "Nothing waits for a system outside that does not answer.")
        }
    }

    /// - Parameter reason: of a finding of the edge's.
    func remedy(_ reason: String) -> Remedy {
        let replica = "\(facts.statePath)/replica.db"
        let move = "sudo mv \(replica) \(replica).old"
        let anew =
            facts.given.isInstalled
            ? "sudo systemctl stop countertop && \(move) && sudo systemctl start countertop"
            : "\(ending)\n\(move)\n\(run)"
        let edit = "sudoedit \(GivenPlace.quoted(facts.configurationPath))"
        let disk = "df -h \(facts.statePath) && sudo dmesg --level=err | tail -n 20"
        let metrics = facts.ports.first { $0.purpose == "figures and health" }?.number ?? 7435
        return switch reason {
        case "JOURNAL_UNWRITABLE": Remedy(check: "edge", command: "\(disk) && sudo journalctl --vacuum-size=100M")
        case "AUDIT_UNWRITABLE", "AUDIT_UNPRUNED", "JOURNAL_CUT", "JOURNAL_SET_ASIDE", "SCANS_UNREADABLE",
            "KEY_CHANGE_HELD_UP":
            Remedy(check: "edge", command: disk)
        case "KEY_CHANGING": Remedy(check: "edge", command: sudo("status --watch"))
        case "KEY_RETIRABLE": Remedy(check: "edge", command: sudo("key retire"))
        case "REPLICA_UNREADABLE": Remedy(check: "edge", command: "\(disk)\n\(restart)")
        case "REPLICA_SET_ASIDE": Remedy(check: "edge", command: "\(disk)\n\(sudo("customers feeds"))")
        case "RECORDS_UNREADABLE": Remedy(check: "edge", command: "\(disk)\n\(anew)")
        case "REPLICA_INCOMPLETE": Remedy(check: "sources", command: sudo("customers feeds"))
        case "DEVICE_FAILED": Remedy(check: "edge", command: sudo("debug list"))
        case "METRICS_UNAVAILABLE": Remedy(check: "edge", command: "sudo ss -ltnp 'sport = :\(metrics)'")
        case "NETWORK_ADDRESS_MISSING":
            Remedy(check: "edge", command: "ip -brief address\n\(edit)\n\(restart)")
        case "CARDS_NOT_SENT", "CARDS_UNUSABLE":
            Remedy(check: "edge", command: log("-p warning -n 50"))
        case "SOURCE_MISSING":
            Remedy(check: "sources", command: "\(edit)\n\(restart)")
        case "SAMPLE_STORE_PRESENT": Remedy(check: "sources", command: anew)
        case "SOURCE_FILE_MISSING":
            Remedy(
                check: "sources",
                command:
                    "sudo countertop config check \(GivenPlace.quoted(facts.configurationPath))\n\(sudo("customers feeds"))"
            )
        case "SOURCE_DOWN", "SOURCE_ROWS_REJECTED": Remedy(check: "sources", command: sudo("customers feeds"))
        case "SYSTEM_DOWN", "OUTBOX_HELD", "OUTBOX_UNSERVED", "OUTBOX_LOST":
            Remedy(check: "systems", command: sudo("outbox list"))
        case "ARTICLES_UNREAD", "RELAY_DOWN", "SYSTEM_WARNING":
            Remedy(check: "systems", command: sudo("systems list"))
        case Self.unrenewed: Remedy(check: "certificates", command: restart)
        default: Remedy(check: "edge", command: log("-n 50"))
        }
    }
}
