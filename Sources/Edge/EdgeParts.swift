import Customers
import Devices
import Dispatch
import Foundation
import Glibc
import Journal
import Logging
import NIOCore
import NIOPosix
import Storage
import Synchronization
import Systems
import Transport
import Wire

/// What an edge is made of between its devices and its tills.
final class EdgeParts: Sendable {
    let eventLoop: MultiThreadedEventLoopGroup
    let health: EdgeHealth
    let replica: Replica
    let journal: ScanJournal
    let registry: DeviceRegistry
    let deviceWatches: DeviceWatches
    let deviceCaptures = DeviceCaptures()
    let lanes: StoreLanes
    let intake: ScanIntake
    let systems: StoreSystems
    let feeds: StoreFeeds
    let outbox: StoreOutbox
    let erasure: StoreErasure
    let cards: StoreCards
    let enrolments: StoreEnrolments
    private let answers: StoredAnswers
    let keyChange: KeyChange
    let retention: StoreRetention
    /// `nil` while the edge serves its own machine alone.
    let network: StoreNetwork?
    let listeners = ListenerGroup()
    let metrics: StoreMetrics
    private let pairing: StorePairing?
    private let audit: AuditLog
    private let recogniser: Recogniser
    let views: CustomerViews
    private let linkedCards = LinkedCards()
    let benefits: StoreBenefits
    private let search: NameSearch
    private let limits: LaneLimits
    private let logger: Logger
    private let startedAt: ContinuousClock.Instant
    private let store: EdgeConfiguration.Store
    private let statePath: String
    private let time: StoreTime

    private init(
        _ configuration: EdgeConfiguration, files: EdgeFiles, cards: StoreCards, network: StoreNetwork?,
        eventLoop: MultiThreadedEventLoopGroup, limits: LaneLimits, health: EdgeHealth, time: StoreTime, logger: Logger
    ) throws {
        self.time = time
        self.eventLoop = eventLoop
        self.health = health
        self.logger = logger
        replica = files.replica
        journal = files.journal
        self.cards = cards
        self.limits = limits
        systems = try StoreSystems(
            configuration, region: files.replica.region, outbox: files.journal.outbox, time: time,
            logger: logger)
        feeds = try StoreFeeds(configuration, systems: systems, replica: files.replica, time: time, logger: logger)
        let provisional = ProvisionalCustomers(replica: files.replica, outbox: files.journal.outbox)
        outbox = StoreOutbox(
            files.journal.outbox, receivers: systems.receivers, time: time, logger: logger,
            onChange: { [linkedCards] in
                linkedCards.changed($0)
                provisional.look($0)
            })
        do throws(StorageError) {
            let names = systems.orderReceivers.map(\.client.name)
            try linkedCards.takeUp(files.journal.outbox, of: names)
        } catch {
            throw EdgeError(.stateUnusable, error.message, cause: error.cause)
        }
        startedAt = .now
        store = configuration.store
        let metrics = StoreMetrics(lanes: configuration.lanes.map(\.name), calls: CallPermissions.needs.keys)
        self.metrics = metrics
        statePath = configuration.statePath
        self.network = network
        registry = DeviceRegistry(
            lanes: configuration.lanes, unboundDevicesJoin: configuration.unboundDevicesJoin)
        deviceWatches = DeviceWatches(registry: registry)
        let loop = eventLoop.next()
        let audit = AuditLog(folder: configuration.statePath) { health.audit($0, $1) }
        self.audit = audit
        pairing = network.map { StorePairing($0, audit: audit, eventLoop: loop) }
        network?.keepCertificate(on: loop)
        let fault: @Sendable ((any Error)?) -> Void = { health.replica($0) }
        let personalCodes = systems.personalCodes
        // The event loop and the USB thread each have a reader, so that neither waits for the other.
        recogniser = try Recogniser(
            files.replica, cards: cards.register, articles: systems.articles, linkedCards: linkedCards,
            personalCodes: personalCodes, eventLoop: loop, onFault: fault)
        // Its calls wait for the disk, and nobody else is to wait with them.
        let benefitsRecogniser = try Recogniser(files.replica, eventLoop: loop, onFault: fault)
        views = CustomerViews(
            recogniser: benefitsRecogniser, journal: files.journal, systems: systems, now: { time.now().wall })
        let (outbox, systems) = (outbox, systems)
        benefits = StoreBenefits(
            recogniser: benefitsRecogniser, journal: files.journal, isServed: { outbox.serves($0) },
            now: { time.now().wall }, successor: { [replica] in try? replica.successor(of: $0) },
            predecessors: { [replica] in (try? replica.predecessors(of: $0)) ?? [] }, systems: systems)
        search = try NameSearch(files.replica, onFault: fault)
        let outside = systems
        let lanes = StoreLanes(
            bindings: configuration.lanes, text: configuration.displayText,
            surroundings: LaneHost.Surroundings(
                eventLoop: loop, journal: files.journal, recogniser: recogniser,
                exchange: personalCodes.map { [recogniser] in CodeExchange($0, recogniser: recogniser) },
                orderDrafts: { outside.drafts(order: $0, lane: $1, customer: $2, told: $3) },
                successor: { [replica] in try? replica.successor(of: $0) }, registry: registry, limits: limits,
                audit: audit,
                logger: logger))
        self.lanes = lanes
        let running = feeds
        systems.onRunFeed { running.runNow($0) }
        feeds.onThrough { lanes.execute { $0.customersChanged() } }
        let answers = StoredAnswers(files.journal)
        self.answers = answers
        enrolments = try StoreEnrolments(
            configuration, systems: systems, vault: files.vault, replica: files.replica, recogniser: recogniser,
            lanes: lanes, answers: answers, time: time, logger: logger)
        let members = enrolments
        systems.onEnrolled(
            answered: { members.answered($0) },
            withdrawn: { await members.withdraw(system: $0, subject: $1, at: $2) })
        keyChange = KeyChange(
            KeyChange.Files(
                journal: files.journal, replica: files.replica, cards: cards.register,
                members: enrolments.register, closedMembers: enrolments.closed), keys: files.keys, logger: logger)
        let erasure = StoreErasure(
            replica: files.replica, journal: files.journal, lanes: lanes, outbox: outbox,
            cards: cards.register, enrolments: enrolments, logger: logger,
            address: { [recogniser] id in
                (try? recogniser.askAnew { try $0.customer(id: id)?.0 })?.map { CustomerAddress($0) }
            }, awaitLedger: { [benefits] in benefits.awaitSettled() },
            settleBaskets: { [benefits, lanes, audit, logger] in
                Self.settleBaskets(of: lanes, in: benefits, audit, logger)
            },
            onGone: { [views, linkedCards, live = benefits.live] gone, successor in
                views.forget(gone)
                live.forget(gone)
                linkedCards.leave(gone, to: successor)
            })
        self.erasure = erasure
        outbox.onGivenUp { entry in
            if let customer = provisional.madeAlone(by: entry) { _ = try erasure.erase(customer) }
        }
        let journal = files.journal
        retention = StoreRetention(
            configuration.retention,
            StoreRetention.Parts(
                replica: files.replica, cards: cards.register, enrolments: enrolments, erasure: erasure,
                audit: audit), logger: logger
        ) { journal.retentionTime(wall: $0, uptime: $1) }
        files.replica.onDeparture { erasure.look() }
        erasure.look()
        intake = ScanIntake(
            recogniser: try Recogniser(
                files.replica, cards: cards.register, articles: systems.articles, linkedCards: linkedCards,
                personalCodes: personalCodes, eventLoop: loop, onFault: fault),
            journal: files.journal,
            scanTime: limits.scanTime
        ) { scan in
            metrics.scanned(lane: scan.entry.lane, readAt: scan.entry.scannedAt)
            lanes.execute { $0.scanned(scan) }
        }
        fillCopy(configuration)
    }

    /// Gives a local copy that began anew what no feed brings, and has all of it read through, on a thread that nobody waits for.
    private func fillCopy(_ configuration: EdgeConfiguration) {
        let provisional = ProvisionalCustomers(replica: replica, outbox: journal.outbox)
        let takers = systems.orderReceivers.map(\.client.name)
        do {
            try provisional.takeUp(of: takers)
        } catch {
            logger.error(
                "What only this store knows of customers is not in the local copy yet; the next start tries again.",
                metadata: ["cause": "\(error)"])
        }
        let fillsSample = configuration.sampleStore
        ReplicaVerification.begin(replica, health: health, logger: logger) { [replica, enrolments, erasure, feeds] in
            if fillsSample { try SampleStore.fill(replica) }
            try provisional.takeUp(of: takers)
            enrolments.giveBack()
            feeds.runAnew()
            erasure.look()
        }
    }

    /// Opens the store's files and sets its lanes up.
    static func open(
        _ configuration: EdgeConfiguration, limits: LaneLimits, time: StoreTime, logger: Logger
    ) async throws(EdgeError) -> EdgeParts {
        let health = EdgeHealth(logger: logger)
        let files = try EdgeFiles.open(configuration, health: health, time: time, logger: logger)
        let network: StoreNetwork?
        do throws(EdgeError) {
            network = try StoreNetwork.open(configuration, health: health, logger: logger)
        } catch {
            files.close()
            throw error
        }
        let cards: StoreCards
        do throws(EdgeError) {
            cards = try StoreCards(configuration, vault: files.vault, health: health, logger: logger)
        } catch {
            files.close()
            network?.close()
            throw error
        }
        let eventLoop = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        do {
            return try EdgeParts(
                configuration, files: files, cards: cards, network: network, eventLoop: eventLoop, limits: limits,
                health: health, time: time, logger: logger)
        } catch {
            files.close()
            cards.close()
            network?.close()
            try? await eventLoop.shutdownGracefully()
            if let error = error as? EdgeError { throw error }
            throw EdgeError(
                .stateUnusable, "The local copy of the customers cannot be read. Check the disk.",
                cause: SystemCause.words(error))
        }
    }

    /// Settles in the ledger how each lane's last basket ended, where the edge ended before it did: once those who were merged have
    /// gone on as others.
    func settleBaskets() {
        let (lanes, benefits, audit, logger) = (lanes, benefits, audit, logger)
        erasure.afterwards { Self.settleBaskets(of: lanes, in: benefits, audit, logger) }
    }

    private static func settleBaskets(
        of lanes: StoreLanes, in benefits: StoreBenefits, _ audit: AuditLog, _ logger: Logger
    ) {
        lanes.execute { lanes in
            for var ending in lanes.all.compactMap(\.lastEnding) {
                // What a till reserved since may be without a number, too.
                ending.takesUnnamed = false
                benefits.settle(ending, for: .local, audit: audit, logger: logger)
            }
        }
    }

    /// All calls of the edge's services.
    /// - Parameter greeting: what the edge tells of itself.
    func router(_ greeting: ServerGreeting) -> CallRouter {
        let metrics = metrics
        var router = CallRouter { call in CallPermissions.rule(call, asked: metrics.counting(call)) }
        CustomerService(recogniser: recogniser, search: search, views: views, audit: audit).register(in: &router)
        let (benefits, audit, logger) = (benefits, audit, logger)
        LaneService(
            lanes: lanes, intake: intake, recogniser: recogniser, systems: systems, limits: limits, audit: audit,
            settle: { benefits.settle($0, for: $1, audit: audit, logger: logger) }
        )
        .register(in: &router)
        PairingService(pairing: pairing, limits: TransportLimits().connection).register(in: &router)
        TillService(pairing: pairing, lanes: lanes.names, audit: audit, listeners: listeners, answers: answers)
            .register(in: &router)
        DeviceService(registry: registry, watches: deviceWatches, captures: deviceCaptures, lanes: lanes)
            .register(in: &router)
        EnrolmentService(enrolments: enrolments, lanes: lanes, audit: audit, answers: answers).register(in: &router)
        CardService(cards: cards, recogniser: recogniser, region: replica.region, audit: audit).register(in: &router)
        BenefitService(benefits: benefits, lanes: lanes.names, audit: audit, answers: answers).register(in: &router)
        standing.health.register(in: &router)
        standing.feeds.register(in: &router)
        OperationsService(standing: standing).register(in: &router)
        PrivacyService(
            erasure: erasure, recogniser: recogniser, replica: replica, journal: journal, cards: cards.register,
            enrolments: enrolments, lanes: lanes, audit: audit, answers: answers, feeds: feeds
        ).register(in: &router)
        KeyService(keyChange: keyChange, audit: audit).register(in: &router)
        OutboxService(store: outbox, audit: audit, answers: answers).register(in: &router)
        ChangeService(
            systems: systems, outbox: journal.outbox, lanes: lanes, recogniser: recogniser, replica: replica,
            audit: audit, linkedCards: linkedCards
        )
        .register(in: &router)
        SystemService(systems: systems, feeds: feeds, audit: audit).register(in: &router)
        DescriptionService(greeting: greeting, limits: TransportLimits()).register(in: &router)
        return router
    }

    /// How everything stands.
    var standing: EdgeStanding {
        EdgeStanding(
            store: store.name, statePath: statePath,
            health: HealthService(
                health: health, journal: journal, replica: replica, registry: registry, feeds: feeds, outbox: outbox,
                cards: cards, systems: systems, keyChange: keyChange, startedAt: startedAt),
            feeds: FeedService(feeds: feeds, replica: replica, audit: audit, answers: answers), lanes: lanes,
            pairing: pairing, outbox: OutboxService(store: outbox, audit: audit, answers: answers),
            systems: SystemService(systems: systems, feeds: feeds, audit: audit), listeners: listeners)
    }

    /// How the edge stands, in a line.
    var standingLine: String {
        let devices = registry.all.filter { $0.info.role != .other && $0.info.state == .ready }.count
        let reasons = Set(
            (health.findings + feeds.findings + outbox.findings + systems.findings + keyChange.findings).map(\.reason)
        )
        .sorted()
        let lanes = lanes.names.count
        return "\(lanes) \(lanes == 1 ? "lane" : "lanes"), \(devices) \(devices == 1 ? "device" : "devices") ready"
            + (reasons.isEmpty ? "." : "; \(reasons.joined(separator: ", ")).")
    }

    /// Writes down what is under way, and closes the files.
    /// Ends what takes minutes and can be done once more, before the connections of those who wait for it are.
    func endLongWork() {
        erasure.stopWiping()
        feeds.endImport()
    }

    func close() async {
        // The hourly work, for which is waited, may be amid it.
        endLongWork()
        await feeds.stop()
        await outbox.stop()
        await enrolments.stop()
        await systems.close()
        await retention.stop()
        await cards.stop()
        await search.close()
        await withCheckedContinuation { done in
            // Closing waits for the disk, which would hold up a task's thread.
            DispatchQueue.global().async { [self] in
                replica.onDeparture(nil)
                erasure.stop()
                keyChange.stop()
                journal.close()
                replica.close()
                cards.close()
                enrolments.close()
                network?.close()
                audit.close()
                done.resume()
            }
        }
        try? await eventLoop.shutdownGracefully()
    }
}
