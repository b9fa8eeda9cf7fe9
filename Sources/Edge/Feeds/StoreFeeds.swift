import Customers
import Foundation
import Logging
import Synchronization
import Systems
import Wire

/// The store's feeds, each running on its own schedule.
final class StoreFeeds: Sendable {
    let runners: [FeedRunner]
    private let caller = HTTPCaller()
    private let importing = Mutex<Task<Void, Never>?>(nil)
    private let through = Hook<@Sendable () -> Void>({})
    private let running = Runners()
    /// Feeds by their names, to import into.
    let settings: [FeedSettings]
    /// The kinds of the configuration's systems, by their names: whom a system enrols at the till is in the local copy as of a feed
    /// of its name, though nothing runs that.
    let systemKinds: [String: String]

    /// - Throws: ``EdgeError`` `stateUnusable`.
    init(
        _ configuration: EdgeConfiguration, systems: StoreSystems, replica: Replica, time: StoreTime, logger: Logger
    ) throws(EdgeError) {
        settings = configuration.feeds
        systemKinds = Dictionary(systems.entries.map { ($0.settings.name, $0.settings.kind) }) { first, _ in first }
        let known: [Customers.FeedState]
        do {
            known = try replica.feeds()
        } catch {
            throw EdgeError(.stateUnusable, error.message, cause: error.cause)
        }
        let zone = configuration.zone
        let caller = caller
        let through = through
        let own = configuration.feeds.map { feed in
            let source = Self.source(feed, region: replica.region, caller)
            return (feed.kind, ConnectorFeed(name: feed.name, source: source, schedule: feed.schedule))
        }
        runners = (own + systems.feeds).map { kind, feed in
            let state = known.first { $0.name == feed.name && $0.isComplete }
            let lastThrough = state.map { Date(timeIntervalSince1970: Double($0.appliedAt) / 1_000) }
            return FeedRunner(
                kind: kind, source: feed.source, intake: FeedIntake(feed: feed.name, replica: replica),
                engine: FeedEngine(schedule: feed.schedule, zone: zone, seed: .random(in: 0 ... .max)),
                lastThrough: lastThrough,
                now: time.now, time: time,
                onEvent: { [log = FeedLog(feed: feed.name, logger: logger)] event in
                    log.tell(event)
                    if case .through(let progress) = event, progress.upserted + progress.removed > 0 { through.call() }
                })
        }
        replica.awaitFeeds(Set(runners.map(\.name)))
    }

    private static func source(_ feed: FeedSettings, region: PhoneRegion, _ caller: HTTPCaller) -> any Source {
        let place: FileSource.Place
        switch feed.place {
        case .http(let http): return HTTPSource(http, mapping: feed.mapping, region: region, caller: caller)
        case .file(let path): place = .file(path)
        case .folder(let path): place = .folder(path)
        case .command(let words): place = .command(words)
        }
        return FileSource(
            FileSource.Settings(
                place: place, format: feed.format, encoding: feed.encoding, mapping: feed.mapping, region: region))
    }

    /// - Parameter tell: called when a feed is through that has changed customers.
    func onThrough(_ tell: @escaping @Sendable () -> Void) { through.set(tell) }

    /// Customers changed otherwise than by a feed that runs.
    func changed() { through.call() }

    /// Has a feed run now, by its name.
    func runNow(_ name: String) { runners.first { $0.name == name }?.runNow() }

    /// Has a feed read from the front now, by its name, or all of them: the local copy lacks what they gave it.
    func runAnew(_ name: String? = nil) {
        for runner in runners where name == nil || runner.name == name { runner.runAnew() }
    }

    func start() { for runner in runners { running.start { await runner.run() } } }

    /// Runs an import, of which there is one at a time.
    /// - Returns: false when another one runs.
    func runImport(_ work: @escaping @Sendable () async -> Void) -> Bool {
        importing.withLock { importing in
            guard importing == nil else { return false }
            importing = Task { [self] in
                await work()
                self.importing.withLock { $0 = nil }
            }
            return true
        }
    }

    /// Has the import that runs end soon; what was taken stays.
    func endImport() { importing.withLock { $0 }?.cancel() }

    /// Ends what is under way. What was taken stays; the next start goes on behind it.
    func stop() async {
        let importing = importing.withLock { $0 }
        importing?.cancel()
        await running.stop()
        await importing?.value
        await caller.close()
    }

    /// What is not as it should be with the feeds.
    var findings: [Finding] {
        runners.flatMap { runner -> [Finding] in
            let status = runner.status
            var findings: [Finding] = []
            if status.isMissing {
                findings.append(
                    Finding(
                        reason: "SOURCE_FILE_MISSING",
                        message:
                            "Feed \(status.name): \(status.failure) Until it is there, the feed brings no customers."))
            } else if status.state == .down {
                findings.append(
                    Finding(reason: "SOURCE_DOWN", message: "Feed \(status.name) is not read: \(status.failure)"))
            }
            if !status.progress.rejections.isEmpty {
                findings.append(Finding(reason: "SOURCE_ROWS_REJECTED", message: status.rejected))
            }
            return findings
        }
    }
}

extension FeedStatus {
    /// The rows that were not taken, in a sentence.
    fileprivate var rejected: String {
        let log = progress.rejections
        let first = log.named.prefix(3).map(\.description).joined(separator: "; ")
        return
            "Feed \(name): of \(progress.rowsRead) rows, \(log.refused) were refused and \(log.leftOut) taken without a "
            + "part: \(first). Mend them in the source."
    }
}
