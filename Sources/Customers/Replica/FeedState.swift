import Foundation

/// How far a feed has come.
package struct FeedState: Sendable, Equatable {
    package let name: String
    /// When it was last through, in milliseconds since 1970; before the first time, when it last gave a page.
    package let appliedAt: Int64
    /// Whether it has given everything it held at least once.
    package let isComplete: Bool

    func provenance(now: Date) -> Provenance {
        Provenance(source: name, ageMilliseconds: age(now: now), complete: isComplete)
    }

    /// A clock that was put back makes nothing younger than new.
    func age(now: Date) -> UInt64 {
        UInt64(max(0, now.milliseconds.subtractingReportingOverflow(appliedAt).partialValue))
    }

    /// What an answer rests on that names no customer: the slowest of the feeds, and all of them.
    /// - Parameter awaited: the feeds without which the copy is not complete, those that never gave anything among them.
    static func provenance(of all: some Collection<FeedState>, awaited: Set<String>, now: Date) -> Provenance {
        // Nobody reads the customers who were made in the store anew, so their age says nothing of the copy's.
        let feeds = all.filter { $0.name != Replica.provisionalFeed }
        return Provenance(
            source: Provenance.replicaSource, ageMilliseconds: feeds.map { $0.age(now: now) }.max() ?? 0,
            complete: !feeds.isEmpty && feeds.allSatisfy(\.isComplete) && awaited.isSubset(of: feeds.map(\.name)))
    }
}
