import Dispatch
package import Foundation
import Synchronization

/// Runs one feed until it is cancelled: it does what its ``FeedEngine`` says.
package final class FeedRunner: Sendable {
    /// What happens, for a log.
    package enum Event: Sendable {
        /// The source had nothing more.
        case through(FeedProgress)
        case failed(SystemsError)
    }

    private struct State {
        var engine: FeedEngine
        /// Whether the engine knows by now whether it runs or waits.
        var isStarted = false
        var progress = FeedProgress()
        /// Whether no row of the run under way has come yet.
        var isNewRun = true
        var lastThrough: Date?
        /// What the run under way has done so far, if anything.
        var done = FeedProgress()
        var lastRun: FeedRun?

        /// How many runs are over.
        var runs: UInt64 { lastRun?.number ?? 0 }

        mutating func endRun(_ failure: SystemsError?) {
            lastRun = FeedRun(number: runs + 1, progress: done, failure: failure?.message ?? "")
            done = FeedProgress()
        }
    }

    package let name: String
    private let kind: String
    private let source: any Source
    private let intake: FeedIntake
    private let lastThrough: Date?
    private let now: @Sendable () -> FeedTime
    private let onEvent: @Sendable (Event) -> Void
    private let alarm: FeedAlarm
    private let state: Mutex<State>
    /// Taking a page waits for the disk, which would hold up a task's thread.
    private let thread = DispatchQueue(label: "countertop.feed")

    /// - Parameters:
    ///   - kind: what the source is, for people: `file`, `http`.
    ///   - lastThrough: when the feed last had everything.
    ///   - time: by which it waits.
    ///   - onEvent: is told on the feed's own task.
    package init(
        kind: String, source: any Source, intake: FeedIntake, engine: FeedEngine, lastThrough: Date?,
        now: @escaping @Sendable () -> FeedTime, time: StoreTime = .real,
        onEvent: @escaping @Sendable (Event) -> Void
    ) {
        alarm = FeedAlarm(time: time)
        name = intake.feed
        self.kind = kind
        self.source = source
        self.intake = intake
        self.lastThrough = lastThrough
        self.now = now
        self.onEvent = onEvent
        state = Mutex(State(engine: engine, lastThrough: lastThrough))
    }

    /// Has it run at once, or once more when it is running.
    /// - Returns: the number of that run, which ``FeedStatus/lastRun`` has once it is over.
    @discardableResult
    package func runNow() -> UInt64 {
        let number = state.withLock { $0.runs + ($0.isStarted && $0.engine.phase == .running ? 2 : 1) }
        alarm.ring()
        return number
    }

    /// Has it run at once from the front, because the local copy has not what it was given.
    package func runAnew() {
        state.withLock { $0.engine.beginAnew() }
        alarm.ring()
    }

    package var status: FeedStatus {
        let time = now()
        return state.withLock { state in
            let engine = state.engine
            let wall = { (until: Duration) in
                time.wall.addingTimeInterval((until - time.uptime) / .seconds(1))
            }
            let (word, next): (FeedStatus.State, Date?) =
                switch engine.phase {
                case .running: (.running, nil)
                case .waiting(let due): (.waiting, due)
                case .retrying(let due): (.retrying, wall(due))
                case .down(let due): (.down, wall(due))
                }
            return FeedStatus(
                name: name, kind: kind, state: word, nextRun: next, lastThrough: state.lastThrough,
                failure: engine.lastFailure?.message ?? "",
                isMissing: engine.lastFailure?.code == .missing, failures: engine.failures, progress: state.progress,
                lastRun: state.lastRun)
        }
    }

    /// Runs it until the task is cancelled.
    package func run() async {
        var cursor = try? intake.cursor()
        let isUnderWay = cursor.map { source.isUnderWay($0) } ?? false
        var action = state.withLock { state in
            state.isStarted = true
            return state.engine.start(lastThrough: lastThrough, isUnderWay: isUnderWay, now: now())
        }
        while !Task.isCancelled {
            switch action {
            case .wait(let time):
                let isRung = await alarm.wait(for: time)
                action = state.withLock { state in
                    state.isNewRun = true
                    return isRung ? state.engine.runNow() : state.engine.look(now: now())
                }
                // An import may have moved it, or the copy begun anew.
                if case .fetch = action { cursor = await present(cursor) }
            case .fetch(let anew):
                action = await fetch(from: anew ? nil : cursor, &cursor)
            }
        }
    }

    /// Where the local copy is now.
    /// - Parameter cursor: where it was, for a copy that cannot be read.
    private func present(_ cursor: [UInt8]?) async -> [UInt8]? {
        await withCheckedContinuation { done in
            thread.async { [intake] in
                switch Result(catching: { () throws(SystemsError) in try intake.cursor() }) {
                case .success(let now): done.resume(returning: now)
                case .failure: done.resume(returning: cursor)
                }
            }
        }
    }

    private func fetch(from place: [UInt8]?, _ cursor: inout [UInt8]?) async -> FeedAction {
        let outcome = await page(after: place)
        let time = now()
        switch outcome {
        case .success(let page):
            cursor = page.cursor
            let (action, progress) = state.withLock { state in
                if page.isLast {
                    state.lastThrough = time.wall
                    state.endRun(nil)
                }
                return (state.engine.took(isLast: page.isLast, now: time), state.progress)
            }
            if page.isLast { onEvent(.through(progress)) }
            return action
        case .failure(let error):
            onEvent(.failed(error))
            return state.withLock { state in
                let action = state.engine.failed(error, now: time)
                // A source that begins anew goes on with the same run.
                if case .wait = action { state.endRun(error) }
                return action
            }
        }
    }

    /// Asks for a page and takes it.
    private func page(after cursor: [UInt8]?) async -> Result<SourcePage, SystemsError> {
        let page: SourcePage
        do {
            page = try await source.page(after: cursor)
        } catch {
            return .failure(error)
        }
        return await withCheckedContinuation { done in
            thread.async { [self] in
                done.resume(returning: Result { () throws(SystemsError) in try take(page, after: cursor) })
            }
        }
    }

    private func take(_ page: SourcePage, after cursor: [UInt8]?) throws(SystemsError) -> SourcePage {
        var progress = state.withLock { $0.isNewRun ? FeedProgress() : $0.progress }
        try intake.take(page, after: cursor, &progress)
        state.withLock { [progress] state in
            if page.rowsRead > 0 || !state.isNewRun { state.done = progress }
            // A run that finds nothing new leaves what is known of the one before.
            if page.rowsRead > 0 || !state.isNewRun {
                state.progress = progress
                state.isNewRun = false
            }
        }
        return page
    }
}
