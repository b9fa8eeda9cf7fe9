import Customers
import Foundation
import NIOCore
import Systems
import Transport
import Wire

/// Answers `countertop.v1.Feeds`.
struct FeedService: Sendable {
    /// How many rows are named at the end of an import, and in a feed.
    static let rejectedMax = 100

    let feeds: StoreFeeds
    let replica: Replica
    let audit: AuditLog

    func register(in router: inout CallRouter) {
        let service = self
        router.unary("countertop.v1.Feeds/List") { (_: ListFeedsRequest, _) throws(Status) in
            ListFeedsAnswer(feeds: try service.all())
        }
        router.unary("countertop.v1.Feeds/Run") { (request: RunFeedRequest, context) throws(Status) in
            guard let runner = service.feeds.runners.first(where: { $0.name == request.name }) else {
                throw ImportPlan.feedUnknown(service.feeds.settings)
            }
            service.audit.note(context.caller, "Feeds/Run")
            runner.runNow()
            return FeedAnswer(feed: try service.all().first { $0.name == request.name })
        }
        router.stream("countertop.v1.Feeds/Import") {
            (request: ImportRequest, sink: StreamSink<ImportEvent>) throws(Status) in
            try service.importFile(request, sink)
        }
    }

    func all() throws(Status) -> [Feed] {
        do {
            return all(try replica.feeds())
        } catch {
            throw Status(replica: error)
        }
    }

    /// - Parameter known: what the local copy knows of feeds.
    func all(_ known: [Customers.FeedState]) -> [Feed] {
        let running = feeds.runners.map { runner in
            Feed(runner.status, isComplete: known.contains { $0.name == runner.name && $0.isComplete })
        }
        let others = known.filter { state in !running.contains { $0.name == state.name } }.map { state in
            Feed(name: state.name, state: .off, complete: state.isComplete, throughAtUnixMs: state.appliedAt)
        }
        return (running + others).sorted { $0.name < $1.name }
    }

    private func importFile(_ request: ImportRequest, _ sink: StreamSink<ImportEvent>) throws(Status) {
        let plan = try ImportPlan(request, feeds: feeds.settings, region: replica.region)
        let intake = FeedIntake(feed: plan.feed, replica: replica)
        let run = ImportRun(sink, intake: intake, source: FileSource(plan.file), anew: request.anew)
        guard feeds.runImport({ await run.run() }) else {
            throw Status(.tooManyImports, "Another import runs. Import again when it is through.")
        }
        audit.note(sink.context.caller, "Feeds/Import")
    }
}

extension WireReason {
    /// The configuration names no feed of that name.
    static let feedUnknown = WireReason("FEED_UNKNOWN", .notFound)
    /// The file cannot be read, or is none of customers.
    static let importRefused = WireReason("IMPORT_REFUSED", .failedPrecondition)
    /// Another import runs.
    static let tooManyImports = WireReason("TOO_MANY_IMPORTS", .resourceExhausted)
}
