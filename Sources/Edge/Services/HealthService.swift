import Customers
import Devices
import Journal
import NIOCore
import Transport
import USB
import Wire

/// Answers `countertop.v1.Health`.
struct HealthService: Sendable {
    let health: EdgeHealth
    let journal: ScanJournal
    let replica: Replica
    let registry: DeviceRegistry
    let feeds: StoreFeeds
    let outbox: StoreOutbox
    let cards: StoreCards
    let systems: StoreSystems
    let keyChange: KeyChange
    let startedAt: ContinuousClock.Instant

    func register(in router: inout CallRouter) {
        let service = self
        let watches = HealthWatches(every: Self.lookEvery) { service.look() }
        router.unary("countertop.v1.Health/Check") { (request: HealthRequest, _) throws(Status) in
            service.check(try Self.scope(request))
        }
        router.stream("countertop.v1.Health/Watch") {
            (request: HealthRequest, sink: StreamSink<HealthAnswer>) throws(Status) in
            watches.begin(try Self.scope(request), sink)
        }
    }

    /// How long a change waits until a watch tells of it.
    private static let lookEvery: TimeAmount = .seconds(1)

    /// - Returns: `nil` for all services.
    private static func scope(_ request: HealthRequest) throws(Status) -> HealthScope? {
        guard !request.service.isEmpty else { return nil }
        guard let scope = HealthScope(rawValue: request.service) else {
            let names = HealthScope.allCases.map(\.rawValue).joined(separator: ", ")
            throw Status(.serviceUnknown, "This edge has no service of that name. Ask for \(names), or for all.")
        }
        return scope
    }

    func check(_ scope: HealthScope?) -> HealthAnswer { look()(scope) }

    /// Looks at how everything stands, which takes reads of the disk.
    private func look() -> HealthWatches.Look {
        let status: ReplicaStatus
        do {
            status = try replica.status()
        } catch {
            health.replica(error)
            status = ReplicaStatus(customers: 0, ageMilliseconds: 0, complete: true)
        }
        var findings =
            health.findings + feeds.findings + outbox.findings + cards.findings + systems.findings
            + keyChange.findings
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
        if journal.unreadableScans > 0 {
            findings.append(
                Finding(
                    reason: "SCANS_UNREADABLE",
                    message:
                        "Earlier scans that cannot be read: \(journal.unreadableScans). Tills are given them empty; all "
                        + "others can be read. Check the disk."))
        }
        if !status.complete {
            findings.append(
                Finding(
                    reason: "REPLICA_INCOMPLETE",
                    message: "The first load of the local copy is not finished, so \"not found\" means nothing yet."))
        }
        findings.sort { $0.reason < $1.reason }
        let uptime = startedAt.duration(to: .now)
        return { [findings, status] scope in
            let own = findings.filter { scope == nil || HealthScope.of($0) == scope }
            return HealthAnswer(
                state: HealthScope.state(of: scope, own), findings: own, version: Edge.version,
                uptimeMs: UInt64(clamping: uptime.components.seconds * 1_000), customers: status.customers,
                replicaAgeMs: status.ageMilliseconds, replicaComplete: status.complete)
        }
    }
}
