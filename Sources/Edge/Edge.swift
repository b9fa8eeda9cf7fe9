import Customers
import Devices
import Foundation
import Journal
package import Logging
import NIOCore
import NIOPosix
import Storage
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

    private let parts: EdgeParts
    private let usb: EdgeUSB
    private let listeners: [EdgeListener]
    private let logger: Logger

    private init(parts: EdgeParts, usb: EdgeUSB, listeners: [EdgeListener], logger: Logger) {
        self.parts = parts
        self.usb = usb
        self.listeners = listeners
        self.logger = logger
        addresses = listeners.map(\.address)
        virtualDevices = usb.virtualDevices
    }

    /// Opens the store's files, claims its devices and listens for its tills.
    /// - Throws: ``EdgeError``: what is in the way, and what to do. Nothing is left running then.
    package static func start(_ configuration: EdgeConfiguration, logger: Logger) async throws(EdgeError) -> Edge {
        try await start(configuration, limits: LaneLimits(), logger: logger)
    }

    static func start(
        _ configuration: EdgeConfiguration, limits: LaneLimits, logger: Logger
    ) async throws(EdgeError) -> Edge {
        let parts = try await EdgeParts.open(configuration, limits: limits, logger: logger)
        do throws(EdgeError) {
            let listeners = try await listen(configuration, parts: parts, logger: logger)
            do throws(EdgeError) {
                let usb = try await EdgeUSB.start(configuration, parts: parts, logger: logger)
                let edge = Edge(parts: parts, usb: usb, listeners: listeners, logger: logger)
                edge.tellStart(configuration)
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

    /// Takes no more scans and calls, lets what is under way end, gives the devices back, and closes the files.
    package func stop() async {
        logger.notice("Stopping.")
        await usb.stop()
        let goodbye = Status(.shuttingDown, "The edge shuts down. Connect again when it is back.")
        await parts.lanes.endWatches(goodbye)
        for listener in listeners { await listener.drain(goodbye) }
        await parts.close()
        logger.notice("Stopped.")
    }

    private static func listen(
        _ configuration: EdgeConfiguration, parts: EdgeParts, logger: Logger
    ) async throws(EdgeError) -> [EdgeListener] {
        let router = parts.router()
        let greeting = ServerGreeting(edge: "countertop/\(version)", store: configuration.store.name)
        var listeners: [EdgeListener] = []
        for door in EdgeDoor.all(configuration, network: parts.network) {
            do throws(TransportError) {
                let listener = try await EdgeListener.bind(
                    door.address, security: door.security, router: router, greeting: greeting, on: parts.eventLoop
                ) { logger.tell($0) }
                listeners.append(listener)
            } catch {
                for listener in listeners { await listener.close() }
                throw EdgeError(.listenFailed, error.message, cause: error.cause)
            }
        }
        parts.listeners.set(listeners)
        return listeners
    }

    private func tellStart(_ configuration: EdgeConfiguration) {
        let customers = (try? parts.replica.status().customers).map(String.init) ?? "?"
        logger.notice(
            "Ready.",
            metadata: [
                "version": "\(Self.version)", "listening": "\(addresses.map(\.description).joined(separator: " "))",
                "lanes": "\(configuration.lanes.map(\.name).joined(separator: " "))", "customers": "\(customers)",
            ])
    }
}

extension Logger {
    fileprivate func tell(_ event: ConnectionEvent) {
        switch event {
        case .opened(let connection): debug("A client connected.", metadata: ["client": "\(connection)"])
        case .welcomed(let connection, let version):
            info(
                "A till is connected.",
                metadata: [
                    "client": "\(connection)", "protocol": "\(version)", "caller": "\(connection.caller.id)",
                    "role": "\(connection.caller.role)",
                ])
        case .closed(let connection, let status):
            info(
                "A connection ended.",
                metadata: ["client": "\(connection)", "reason": "\(status.reason)", "why": "\(status.message)"])
        case .identified(let connection):
            info(
                "A page has proved who it is.",
                metadata: ["client": "\(connection)", "till": "\(connection.caller.id)"])
        case .handshakeFailed(let peer, let cause):
            info("A TLS handshake failed.", metadata: ["peer": "\(peer)", "cause": "\(cause)"])
        case .dropped(let peer):
            warning("A connection was dropped: too many are open.", metadata: ["peer": "\(peer)"])
        case .acceptFailed(let cause):
            error("A connection could not be taken. Raise the limit of open files.", metadata: ["cause": "\(cause)"])
        }
    }
}
