import CountertopClient
import Devices
import Foundation
import Logging
import Synchronization
import Systems

@testable import Edge

/// A whole edge with virtual devices and the sample store, in a directory of its own.
struct StoreRig: Sendable {
    let edge: Edge
    let configuration: EdgeConfiguration
    let log: LogRecord

    /// Runs an edge for as long as `body` does.
    /// - Parameters:
    ///   - time: by which it works with systems outside.
    ///   - besides: whether it runs beside another edge of the same test, which has its turn already.
    static func with<Result>(
        directory: TemporaryDirectory? = nil, besides: Bool = false, limits: LaneLimits = LaneLimits(),
        time: StoreTime = .real,
        _ change: (inout EdgeConfiguration) -> Void = { _ in }, _ body: (StoreRig) async throws -> Result
    ) async throws -> Result {
        if !besides { await RigTurns.shared.begin() }
        do {
            let result = try await run(directory: directory, limits, time, change, body)
            if !besides { await RigTurns.shared.end() }
            return result
        } catch {
            if !besides { await RigTurns.shared.end() }
            throw error
        }
    }

    private static func run<Result>(
        directory: TemporaryDirectory?, _ limits: LaneLimits, _ time: StoreTime,
        _ change: (inout EdgeConfiguration) -> Void,
        _ body: (StoreRig) async throws -> Result
    ) async throws -> Result {
        let directory = try directory ?? TemporaryDirectory()
        var configuration = EdgeConfiguration.sample(statePath: directory.path)
        configuration.listen.port = 0
        configuration.ports = .virtual
        change(&configuration)
        let log = LogRecord()
        let edge = try await Edge.start(configuration, limits: limits, time: time, logger: log.logger)
        do {
            let result = try await body(StoreRig(edge: edge, configuration: configuration, log: log))
            await edge.stop()
            return result
        } catch {
            await edge.stop()
            throw error
        }
    }

    /// Connects a till.
    func withTill<Result>(_ body: (CountertopConnection) async throws -> Result) async throws -> Result {
        try await CountertopClient.withConnection(to: edge.addresses[0], client: "kassa/test", body)
    }

    /// Connects a till that is known by a name of its own.
    func withTill<Result>(
        named name: String, _ body: (CountertopConnection) async throws -> Result
    ) async throws -> Result {
        try await CountertopClient.withConnection(to: edge.addresses[0], client: name, body)
    }

    /// The virtual scanner of a lane.
    func scanner(_ lane: String = "1") throws -> VirtualScanner {
        guard let scanner = edge.virtualDevices.first(where: { $0.lane == lane })?.scanner else {
            throw RigError(description: "Lane \(lane) has no virtual scanner.")
        }
        return scanner
    }

    func display(_ lane: String = "1") throws -> VirtualDisplay {
        guard let display = edge.virtualDevices.first(where: { $0.lane == lane })?.display else {
            throw RigError(description: "Lane \(lane) has no virtual display.")
        }
        return display
    }
}

struct RigError: Error, CustomStringConvertible {
    let description: String
}

/// What an edge logged.
final class LogRecord: Sendable {
    private let lines = Mutex<[String]>([])

    var text: String { lines.withLock { $0.joined(separator: "\n") } }

    var logger: Logger {
        var logger = Logger(label: "test") { _ in LogRecorder(record: self) }
        logger.logLevel = .trace
        return logger
    }

    fileprivate func note(_ line: String) { lines.withLock { $0.append(line) } }
}

private struct LogRecorder: LogHandler {
    let record: LogRecord
    var metadata: Logger.Metadata = [:]
    var logLevel: Logger.Level = .trace

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        record.note("\(event.level) \(event.message) \(event.metadata ?? [:])")
    }
}
