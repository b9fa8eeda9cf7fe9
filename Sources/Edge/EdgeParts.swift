import Customers
import Foundation
import Glibc
import Journal
import Logging
import NIOCore
import NIOPosix
import Storage
import Synchronization
import Transport
import Wire

/// What an edge is made of between its devices and its tills.
final class EdgeParts: Sendable {
    let eventLoop: MultiThreadedEventLoopGroup
    let health: EdgeHealth
    let replica: Replica
    let journal: ScanJournal
    let registry: DeviceRegistry
    let lanes: StoreLanes
    let intake: ScanIntake
    /// `nil` while the edge serves its own machine alone.
    let network: StoreNetwork?
    let listeners = ListenerGroup()
    private let pairing: StorePairing?
    private let audit: AuditLog
    private let recogniser: Recogniser
    private let search: NameSearch
    private let limits: LaneLimits
    private let logger: Logger
    private let startedAt: ContinuousClock.Instant

    private init(
        _ configuration: EdgeConfiguration, files: EdgeFiles, network: StoreNetwork?,
        eventLoop: MultiThreadedEventLoopGroup, limits: LaneLimits, health: EdgeHealth, logger: Logger
    ) throws {
        self.eventLoop = eventLoop
        self.health = health
        self.logger = logger
        replica = files.replica
        journal = files.journal
        self.limits = limits
        startedAt = .now
        self.network = network
        registry = DeviceRegistry(
            lanes: configuration.lanes, unboundDevicesJoin: configuration.unboundDevicesJoin)
        let loop = eventLoop.next()
        let audit = AuditLog(path: configuration.statePath + "/audit.log") { health.audit($0) }
        self.audit = audit
        pairing = network.map { StorePairing($0, audit: audit, eventLoop: loop) }
        network?.keepCertificate(on: loop)
        let fault: @Sendable ((any Error)?) -> Void = { health.replica($0) }
        // The event loop and the USB thread each have a reader, so that neither waits for the other.
        recogniser = try Recogniser(files.replica, eventLoop: loop, onFault: fault)
        search = try NameSearch(files.replica, onFault: fault)
        let lanes = StoreLanes(
            names: configuration.lanes.map(\.name), text: DisplayText(store: configuration.store.name),
            surroundings: LaneHost.Surroundings(
                eventLoop: loop, journal: files.journal, recogniser: recogniser, registry: registry, limits: limits,
                logger: logger))
        self.lanes = lanes
        intake = ScanIntake(
            recogniser: try Recogniser(files.replica, eventLoop: loop, onFault: fault), journal: files.journal,
            scanTime: limits.scanTime
        ) { scan in lanes.execute { $0.scanned(scan) } }
    }

    /// Opens the store's files and sets its lanes up.
    static func open(
        _ configuration: EdgeConfiguration, limits: LaneLimits, logger: Logger
    ) async throws(EdgeError) -> EdgeParts {
        let health = EdgeHealth(logger: logger)
        let files = try EdgeFiles.open(configuration, health: health, logger: logger)
        let network: StoreNetwork?
        do throws(EdgeError) {
            network = try StoreNetwork.open(configuration, health: health, logger: logger)
        } catch {
            files.close()
            throw error
        }
        let eventLoop = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        do {
            return try EdgeParts(
                configuration, files: files, network: network, eventLoop: eventLoop, limits: limits, health: health,
                logger: logger)
        } catch {
            files.close()
            network?.close()
            try? await eventLoop.shutdownGracefully()
            throw EdgeError(
                .stateUnusable, "The local copy of the customers cannot be read. Check the disk.", cause: "\(error)")
        }
    }

    /// All calls of the edge's services.
    func router() -> CallRouter {
        var router = CallRouter(rule: CallPermissions.rule)
        CustomerService(recogniser: recogniser, search: search, audit: audit).register(in: &router)
        LaneService(lanes: lanes, intake: intake, recogniser: recogniser, limits: limits, audit: audit)
            .register(in: &router)
        PairingService(pairing: pairing, limits: TransportLimits().connection).register(in: &router)
        TillService(pairing: pairing, lanes: lanes.names, audit: audit, listeners: listeners).register(in: &router)
        DeviceService(registry: registry).register(in: &router)
        HealthService(health: health, replica: replica, registry: registry, startedAt: startedAt)
            .register(in: &router)
        return router
    }

    /// Writes down what is under way, and closes the files.
    func close() async {
        await search.close()
        EdgeFiles(replica: replica, journal: journal).close()
        network?.close()
        audit.close()
        try? await eventLoop.shutdownGracefully()
    }
}
