import Credentials
import Foundation
import Logging
import NIOCore
import Pairing
import Synchronization
import Transport
import Wire

/// The edge on the store's network: who it is there, and which tills it knows.
final class StoreNetwork: Sendable {
    /// How often the edge's names and its certificate's time are looked at.
    private static let renewalWait: TimeAmount = .minutes(10)
    /// How often it is looked whether the machine has the address that the edge listens at.
    private static let addressWait: TimeAmount = .seconds(5)

    let identity: StoreIdentity
    let registry: TillRegistry
    let limits: PairingLimits
    /// What is written down of tills, and what the edge signs for them: neither is the event loop's work.
    let queue = DiskQueue("network")
    private let names: @Sendable () -> [String]
    /// The one address at which the edge listens; empty for all that the machine has.
    private let host: String
    private let hasAddress: @Sendable (String) -> Bool
    private let health: EdgeHealth
    let logger: Logger
    /// The certificate in use, and what TLS made of it: for tills and for browsers.
    private let current: Mutex<(der: [UInt8], tills: TLSServerContext, browsers: TLSServerContext)>

    private init(
        _ identity: StoreIdentity, _ registry: TillRegistry, names: @escaping @Sendable () -> [String], host: String,
        hasAddress: @escaping @Sendable (String) -> Bool, limits: PairingLimits, health: EdgeHealth, logger: Logger
    ) throws {
        self.identity = identity
        self.registry = registry
        self.names = names
        self.host = host
        self.hasAddress = hasAddress
        self.limits = limits
        self.health = health
        self.logger = logger
        let der = try identity.certificate(names: names(), now: Date())
        let contexts = try Self.contexts(der, identity)
        current = Mutex((der, contexts.tills, contexts.browsers))
    }

    /// Reads the edge's identity and its list of tills, or makes them.
    /// - Parameters:
    ///   - machineNames: the names and addresses of the machine as they are now; asked again now and then.
    ///   - hasAddress: whether the machine has an address now; asked again now and then.
    /// - Returns: `nil` when the configuration leaves the edge off the network.
    /// - Throws: ``EdgeError`` `stateUnusable`.
    static func open(
        _ configuration: EdgeConfiguration, health: EdgeHealth, logger: Logger,
        machineNames: @escaping @Sendable () -> [String] = { MachineNames.all() },
        hasAddress: @escaping @Sendable (String) -> Bool = { MachineNames.has(address: $0) }
    ) throws(EdgeError) -> StoreNetwork? {
        guard let network = configuration.network else { return nil }
        let limits = PairingLimits()
        do {
            let identity = try StoreIdentity.loadOrCreate(
                at: configuration.statePath + "/identity", store: configuration.store.name, limits: limits, now: Date())
            let registry = try TillRegistry(path: configuration.statePath + "/tills.db", limits: limits)
            do {
                return try StoreNetwork(
                    identity, registry, names: { Self.names(network.names, machineNames()) }, host: network.host,
                    hasAddress: hasAddress, limits: limits, health: health, logger: logger)
            } catch {
                registry.close()
                throw error
            }
        } catch let error as PairingError {
            throw EdgeError(.stateUnusable, error.message, cause: error.cause)
        } catch {
            throw EdgeError(
                .stateUnusable,
                "The edge's identity on the network cannot be used. Check the disk of its state; a backup holds it.",
                cause: SystemCause.words(error))
        }
    }

    /// Those that the configuration names come first: a certificate holds so many names and no more.
    private static func names(_ named: [String], _ machine: [String]) -> [String] {
        Set(named).sorted() + Set(machine).subtracting(named).sorted()
    }

    /// The edge's certificate for connections from now on, in DER.
    var certificate: [UInt8] { current.withLock(\.der) }

    /// TLS for tills, who show a certificate.
    var tillTLS: ListenerTLS {
        ListenerTLS(context: { [self] in current.withLock(\.tills) }, identify: { [self] in identify($0) })
    }

    /// TLS for browsers, who show none.
    var browserTLS: ListenerTLS {
        ListenerTLS(context: { [self] in current.withLock(\.browsers) }, identify: { _ in .success(.stranger) })
    }

    /// Looks after the certificate and the address from now on.
    func keepCertificate(on eventLoop: any EventLoop) {
        checkAddress()
        if !host.isEmpty {
            eventLoop.scheduleRepeatedTask(initialDelay: Self.addressWait, delay: Self.addressWait) {
                [weak self] task in
                guard let self else { return task.cancel() }
                checkAddress()
            }
        }
        eventLoop.scheduleRepeatedTask(initialDelay: Self.renewalWait, delay: Self.renewalWait) { [weak self] task in
            guard let self else { return task.cancel() }
            queue.note { [weak self] in self?.renewCertificate(now: Date()) }
        }
    }

    /// Whether tills can reach the edge where the configuration wants them to: the machine has the address now.
    var isAddressThere: Bool { host.isEmpty || hasAddress(host) }

    /// Says whether tills can reach the edge where the configuration wants them to. It listens there from the moment that the
    /// machine has the address.
    func checkAddress() {
        guard !host.isEmpty else { return }
        health.note(
            "NETWORK_ADDRESS_MISSING",
            isAddressThere
                ? nil
                : "This machine does not have the address \(host) (network.host), so no till on the network reaches the "
                    + "edge yet. It is waited for. Check the cable and the machine's address, or change the configuration."
        )
    }

    /// Makes a new certificate when the edge's names have changed or the present one's time is running out. Connections that
    /// are open stay.
    func renewCertificate(now: Date) {
        do {
            let der = try identity.certificate(names: names(), now: now)
            guard der != current.withLock(\.der) else { return health.note("CERTIFICATE_UNRENEWED", nil) }
            let contexts = try Self.contexts(der, identity)
            current.withLock { $0 = (der, contexts.tills, contexts.browsers) }
            health.note("CERTIFICATE_UNRENEWED", nil)
            logger.notice("The edge has a new certificate, with its present names and addresses.")
        } catch {
            health.note(
                "CERTIFICATE_UNRENEWED",
                "The edge's certificate cannot be renewed, so new tills may not find it under its new address, and in the end "
                    + "none will. Check the disk of its state.", cause: SystemCause.words(error))
        }
    }

    func close() {
        registry.close()
    }

    private static func contexts(
        _ der: [UInt8], _ identity: StoreIdentity
    ) throws(TransportError) -> (tills: TLSServerContext, browsers: TLSServerContext) {
        let key = identity.key.pem
        return (
            try TLSServerContext(chain: [der], keyPEM: key, asksForCertificate: true),
            try TLSServerContext(chain: [der], keyPEM: key, asksForCertificate: false)
        )
    }
}
