package import Customers
import Devices
import Foundation
import Journal
package import Logging
import NIOCore
import NIOPosix
import Storage
import Synchronization
import Systems
package import Transport
import USB
import Wire

/// A store's edge, running: scanners and displays on one side, tills on the other.
package final class Edge: Sendable {
    /// The version of this program.
    package static let version = "0.1.0"

    /// Where programs of this machine and tills connect: loopback or the Unix socket first, then the network.
    package let addresses: [EdgeAddress]
    /// The devices that stand in for what is not plugged in; empty when none does.
    package let virtualDevices: [VirtualLaneDevices]

    /// What goes to systems outside, for tests.
    var outbox: Outbox { parts.outbox.outbox }
    /// What is kept of customers in memory, for tests.
    var kept: (views: CustomerViews, benefits: LiveBenefits) { (parts.views, parts.benefits.live) }
    /// The local copy, for measurements: whoever changes it does what a feed does.
    package var replica: Replica { parts.replica }
    /// The port at which the pages of the store's cards are; `nil` when the edge does not serve them.
    package var cardPagePort: Int? { parts.cards.pagePort }

    /// What it is made of, for tests.
    let parts: EdgeParts
    private let usb: EdgeUSB
    private let listeners: [EdgeListener]
    /// Where figures and health are told; `nil` when the configuration has none, or the port is another's.
    let http: OperationsHTTP?
    private let logger: Logger
    /// The stop that is under way or done: there is one, however many ask for it.
    private let stopping = Mutex<Task<Void, Never>?>(nil)

    private init(parts: EdgeParts, usb: EdgeUSB, listeners: [EdgeListener], http: OperationsHTTP?, logger: Logger) {
        self.parts = parts
        self.usb = usb
        self.listeners = listeners
        self.http = http
        self.logger = logger
        addresses = listeners.map(\.address)
        virtualDevices = usb.virtualDevices
    }

    /// Opens the store's files, claims its devices and listens for its tills.
    /// - Throws: ``EdgeError``: what is in the way, and what to do. Nothing is left running then.
    package static func start(_ configuration: EdgeConfiguration, logger: Logger) async throws(EdgeError) -> Edge {
        var limits = LaneLimits()
        limits.scanTime = configuration.scans.wait
        return try await start(configuration, limits: limits, logger: logger)
    }

    static func start(
        _ configuration: EdgeConfiguration, limits: LaneLimits, time: StoreTime = .real, logger: Logger
    ) async throws(EdgeError) -> Edge {
        let parts = try await EdgeParts.open(configuration, limits: limits, time: time, logger: logger)
        do throws(EdgeError) {
            let listeners = try await listen(configuration, parts: parts, logger: logger)
            do throws(EdgeError) {
                try await parts.cards.start(on: parts.eventLoop)
                let usb = try await EdgeUSB.start(configuration, parts: parts, logger: logger)
                let http = await parts.startHTTP(configuration)
                let edge = Edge(parts: parts, usb: usb, listeners: listeners, http: http, logger: logger)
                edge.tellStart(configuration)
                parts.feeds.start()
                parts.systems.start()
                parts.enrolments.start()
                parts.outbox.start()
                parts.settleBaskets()
                parts.keyChange.start()
                parts.retention.start()
                return edge
            } catch {
                for listener in listeners { await listener.close() }
                throw error
            }
        } catch {
            await parts.close()
            throw error
        }
    }

    /// Takes no more scans and calls, lets what is under way end, gives the devices back, and closes the files. Whoever
    /// asks once more waits for the same end.
    package func stop() async {
        let task = stopping.withLock { running in
            let task = running ?? Task { await carryOutStop() }
            running = task
            return task
        }
        await task.value
    }

    private static let goodbye = Status(.shuttingDown, "The edge shuts down. Connect again when it is back.")

    /// The first step of a stop, by itself for tests: the tills' watches end, and none begins any more.
    func endWatches() async { await parts.lanes.endWatches(Self.goodbye) }

    private func carryOutStop() async {
        logger.notice("Stopping.")
        await http?.close()
        await usb.stop()
        parts.endLongWork()
        await endWatches()
        await withTaskGroup { draining in
            for listener in listeners { draining.addTask { await listener.drain(Self.goodbye) } }
        }
        await parts.close()
        logger.notice("Stopped.")
    }

    private static func listen(
        _ configuration: EdgeConfiguration, parts: EdgeParts, logger: Logger
    ) async throws(EdgeError) -> [EdgeListener] {
        let greeting = ServerGreeting(edge: "countertop/\(version)", store: configuration.store.name)
        let router = parts.router(greeting)
        let (turns, numbers) = (LoopTurns(), ConnectionNumbers())
        let log = ConnectionLog(logger)
        var listeners: [EdgeListener] = []
        for door in EdgeDoor.all(configuration, network: parts.network) {
            do throws(TransportError) {
                let listener = try await EdgeListener.bind(
                    door.address, security: door.security, router: router, greeting: greeting, on: parts.eventLoop,
                    turns: turns, numbers: numbers
                ) { log.tell($0) }
                listeners.append(listener)
            } catch {
                for listener in listeners { await listener.close() }
                throw EdgeError(.listenFailed, error.message, cause: error.cause)
            }
        }
        parts.listeners.set(listeners)
        return listeners
    }

    /// Says to the service manager that the edge is ready, and keeps it informed until the supervision ends.
    /// - Throws: ``EdgeError`` `stateUnusable` when the local copy does not answer: the edge is not ready then.
    package func supervise(_ notifier: ServiceNotifier) throws(EdgeError) -> Supervision {
        do {
            _ = try parts.replica.status()
        } catch {
            throw EdgeError(
                .stateUnusable, "The local copy of the customers does not answer. Check the disk.",
                cause: SystemCause.words(error))
        }
        let (parts, usb) = (parts, usb)
        let supervision = Supervision(notifier, logger: logger) { party, beat in
            switch party {
            case .eventLoop:
                parts.eventLoop.next().execute(beat)
                return true
            case .usbThread: return usb.ask(beat)
            }
        } status: {
            parts.standingLine
        }
        supervision.begin()
        return supervision
    }

    /// Where nobody reaches the edge yet, because the machine does not have the address: it is waited for.
    private var awaitedAddresses: [EdgeAddress] {
        guard parts.network?.isAddressThere == false else { return [] }
        return addresses.filter { if case .tls = $0 { true } else { false } }
    }

    private func tellStart(_ configuration: EdgeConfiguration) {
        let customers = (try? parts.replica.status().customers).map(String.init) ?? "?"
        let awaited = awaitedAddresses
        let words = { (addresses: [EdgeAddress]) in addresses.map(\.description).joined(separator: " ") }
        var metadata: Logger.Metadata = [
            "version": "\(Self.version)", "listening": "\(words(addresses.filter { !awaited.contains($0) }))",
            "lanes": "\(configuration.lanes.map(\.name).joined(separator: " "))", "customers": "\(customers)",
        ]
        if !awaited.isEmpty { metadata["waiting-for"] = "\(words(awaited))" }
        logger.notice("Ready.", metadata: metadata)
    }
}
