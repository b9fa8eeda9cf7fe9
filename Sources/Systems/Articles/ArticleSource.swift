package import Foundation
import GS1
import Synchronization

/// A system that knows the store's articles.
package protocol ArticleSource: Connector {
    /// When its articles are read; `nil` when they are not.
    var articleSchedule: FeedSchedule? { get }

    /// A page of the articles' numbers, as it writes them.
    /// - Parameter place: where the page before it said that it goes on; `nil` for the first one.
    func articles(at place: String?) async throws(SystemsError) -> (numbers: [String], next: String?)
}

/// Reads a system's articles into the store's list, whole or not at all.
package final class ArticleReader: Sendable {
    private struct State {
        var place: String?
        var numbers: Set<UInt64> = []
        var strange = 0
    }

    /// The list and what is read of it so far.
    private final class Desk: Sendable {
        let source: any ArticleSource
        let list: ArticleList
        let now: @Sendable () -> FeedTime
        let onRead: @Sendable (_ articles: Int, _ strange: Int) -> Void
        let state = Mutex(State())

        init(
            _ source: any ArticleSource, _ list: ArticleList, now: @escaping @Sendable () -> FeedTime,
            onRead: @escaping @Sendable (Int, Int) -> Void
        ) {
            (self.source, self.list, self.now, self.onRead) = (source, list, now, onRead)
        }

        func takePage() async throws(SystemsError) -> Bool {
            let place = state.withLock(\.place)
            let page: (numbers: [String], next: String?)
            do throws(SystemsError) {
                page = try await source.articles(at: place)
            } catch {
                // Whatever was read of a list that broke off is read again from its front.
                if error.isAnswer || error.code == .broken { state.withLock { $0 = State() } }
                throw error
            }
            let count = state.withLock { state in
                for text in page.numbers {
                    guard let number = GTIN(digits: Array(text.utf8)).flatMap({ UInt64($0.digits14) }) else {
                        state.strange += 1
                        continue
                    }
                    state.numbers.insert(number)
                }
                state.place = page.next
                return state.numbers.count
            }
            guard count <= ArticleList.articlesMax else {
                state.withLock { $0 = State() }
                throw SystemsError(
                    .broken,
                    "\(source.client.name) has more than \(ArticleList.articlesMax) articles, and none was taken.")
            }
            guard page.next == nil else { return false }
            let (numbers, strange) = state.withLock { state in
                defer { state = State() }
                return (state.numbers, state.strange)
            }
            try list.replace(numbers, at: now().wall)
            onRead(numbers.count, strange)
            return true
        }
    }

    /// The system's name.
    package let system: String
    private let work: ScheduledWork

    /// - Parameter onRead: is told when the whole list was read: how many articles there are, and how many have a number that is no
    ///   GTIN, which no label says.
    /// - Returns: `nil` for a system whose articles are not read.
    package init?(
        _ source: any ArticleSource, into list: ArticleList, zone: TimeZone, time: StoreTime,
        onRead: @escaping @Sendable (_ articles: Int, _ strange: Int) -> Void,
        onFailure: @escaping @Sendable (SystemsError) -> Void
    ) {
        guard let schedule = source.articleSchedule else { return nil }
        system = source.client.name
        let desk = Desk(source, list, now: time.now, onRead: onRead)
        work = ScheduledWork(
            schedule: schedule, zone: zone, lastThrough: list.readAt, time: time, onFailure: onFailure
        ) { _ async throws(SystemsError) -> Bool in try await desk.takePage() }
    }

    /// Why the articles are not read; `nil` while they are.
    package var failure: String? { work.failure }

    /// Runs until the task is cancelled.
    package func run() async { await work.run() }
}
