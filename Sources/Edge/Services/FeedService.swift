import Customers
import Foundation
import NIOCore
import Synchronization
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
    let answers: StoredAnswers

    func register(in router: inout CallRouter) {
        let service = self
        router.unary("countertop.v1.Feeds/List") { (_: ListFeedsRequest, _) throws(Status) in
            ListFeedsAnswer(feeds: try service.all())
        }
        router.unary("countertop.v1.Feeds/Run") { (request: RunFeedRequest, context) throws(Status) in
            guard let runner = service.feeds.runners.first(where: { $0.name == request.name }) else {
                throw try service.notRunning(request.name)
            }
            service.audit.note(context.caller, "Feeds/Run")
            let run = runner.runNow()
            return FeedAnswer(feed: try service.all().first { $0.name == request.name }, run: run)
        }
        router.stream("countertop.v1.Feeds/Import") {
            (request: ImportRequest, sink: StreamSink<ImportEvent>) throws(Status) in
            try service.importFile(request, sink)
        }
        router.change("countertop.v1.Feeds/Forget", answers) {
            (request: ForgetFeedRequest, context) async throws(Status) in
            try await service.forget(request.name, context)
        }
    }

    private static let nothingRuns = Status(
        .feedUnknown,
        "Nothing runs that source: it was imported, or the configuration names it no more. Import its file again "
            + "(countertop customers import), or name it under feeds.")

    private static let madeInStore = Status(
        .feedOfStore,
        "Those were made in this store, and wait for their system. Give one up by countertop outbox drop, or "
            + "erase him.")

    /// Why a source does not run.
    private func notRunning(_ name: String) throws(Status) -> Status {
        guard name != Replica.provisionalFeed else { return Self.madeInStore }
        guard feeds.systemKinds[name] == nil else {
            return Status(
                .feedUnknown,
                "The configuration names the system \(name), of which no customers are read: it is switched off, does not read them by "
                    + "its settings, or enrols them at the till.")
        }
        return try isKnown(name) ? Self.nothingRuns : ImportPlan.feedUnknown(feeds.settings)
    }

    private func isKnown(_ name: String) throws(Status) -> Bool {
        do throws(CustomersError) {
            return try replica.feeds().contains { $0.name == name }
        } catch {
            throw Status(replica: error)
        }
    }

    private func checkCanBeForgotten(_ name: String) throws(Status) {
        guard name != Replica.provisionalFeed else { throw Self.madeInStore }
        guard !feeds.runners.contains(where: { $0.name == name }) else {
            throw Status(
                .feedRuns,
                "The configuration names \(name), which would bring its customers again. Take it out of the configuration and "
                    + "start the edge again; then forget it.")
        }
        guard feeds.systemKinds[name] == nil else {
            throw Status(
                .feedRuns,
                "The configuration names the system \(name), so its customers stay. Erase one of them by countertop customers erase; "
                    + "take the system out of the configuration and start the edge again to forget all of them.")
        }
    }

    private func forget(_ name: String, _ context: CallContext) async throws(Status) -> ForgetFeedAnswer {
        try checkCanBeForgotten(name)
        guard try isKnown(name) else {
            throw Status(
                .feedUnknown, "The local copy knows no source of that name. Those it knows: countertop customers feeds")
        }
        audit.note(context.caller, "Feeds/Forget")
        switch await forgetting(name) {
        case .success(let count?)?:
            feeds.changed()
            return ForgetFeedAnswer(customers: UInt64(count))
        case .success(nil)?:
            throw Status(.shuttingDown, "The edge shuts down amid this. Forget the source once more when it is back.")
        case .failure(let error)?: throw Status(replica: error)
        case nil: throw Status(.tooManyImports, "An import runs. Forget the source when it is through.")
        }
    }

    /// - Returns: how many there were, `nil` when the edge ended before it was through; `nil` altogether when an import runs.
    private func forgetting(_ name: String) async -> Result<Int?, CustomersError>? {
        let (feeds, replica) = (feeds, replica)
        return await withCheckedContinuation { done in
            let isTaken = feeds.runImport {
                let isEnded = EndedMark()
                let outcome = await withTaskCancellationHandler {
                    await StoreEnrolments.onDisk {
                        Result { () throws(CustomersError) in try replica.forget(feed: name) { isEnded.isSet } }
                    }
                } onCancel: {
                    isEnded.set()
                }
                done.resume(returning: outcome)
            }
            if !isTaken { done.resume(returning: nil) }
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
            Feed(off: state, systemKind: feeds.systemKinds[state.name])
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

/// Whether a task was cancelled, for its work on another thread.
private final class EndedMark: Sendable {
    private let mark = Mutex(false)

    var isSet: Bool { mark.withLock { $0 } }

    func set() { mark.withLock { $0 = true } }
}

extension WireReason {
    /// The configuration names no feed of that name.
    static let feedUnknown = WireReason("FEED_UNKNOWN", .notFound)
    /// The configuration names the feed, or the system whose members it has.
    static let feedRuns = WireReason("FEED_RUNS", .failedPrecondition)
    /// The customers were made in the store, and no source gives them yet.
    static let feedOfStore = WireReason("FEED_OF_STORE", .failedPrecondition)
    /// The file cannot be read, or is none of customers.
    static let importRefused = WireReason("IMPORT_REFUSED", .failedPrecondition)
    /// Another import runs.
    static let tooManyImports = WireReason("TOO_MANY_IMPORTS", .resourceExhausted)
}
