import Customers
import Devices
import Transport
import USB
import Wire

/// Answers `countertop.v1.Health`.
struct HealthService: Sendable {
    let health: EdgeHealth
    let replica: Replica
    let registry: DeviceRegistry
    let startedAt: ContinuousClock.Instant

    func register(in router: inout CallRouter) {
        let service = self
        router.unary("countertop.v1.Health/Check") { (_: HealthRequest, _) throws(Status) in service.check() }
    }

    private func check() -> HealthAnswer {
        let status: ReplicaStatus
        do {
            status = try replica.status()
        } catch {
            health.replica(error)
            status = ReplicaStatus(customers: 0, ageMilliseconds: 0, complete: true)
        }
        var findings = health.findings
        findings += registry.all.filter { $0.info.state == .failed }.map { entry in
            Finding(reason: "DEVICE_FAILED", message: "\(entry.info.device.path): \(entry.info.explanation)")
        }
        if status.unreadableRecords > 0 {
            findings.append(
                Finding(
                    reason: "RECORDS_UNREADABLE",
                    message: "Records of the local copy that cannot be read: \(status.unreadableRecords). These "
                        + "customers are not recognised until their source gives them again; all others are. Check "
                        + "the disk. To load all customers anew, stop the edge, move \(replica.path) away, and start "
                        + "it again."))
        }
        if !status.complete {
            findings.append(
                Finding(
                    reason: "REPLICA_INCOMPLETE",
                    message: "The first load of the local copy is not finished, so \"not found\" means nothing yet."))
        }
        let uptime = startedAt.duration(to: .now)
        return HealthAnswer(
            state: findings.isEmpty ? .serving : .degraded, findings: findings, version: Edge.version,
            uptimeMs: UInt64(clamping: uptime.components.seconds * 1_000), customers: status.customers,
            replicaAgeMs: status.ageMilliseconds, replicaComplete: status.complete)
    }
}
