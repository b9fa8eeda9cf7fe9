import Foundation

/// How far a feed has come.
struct FeedState: Sendable, Equatable {
    let name: String
    /// When it last gave a page, in milliseconds since 1970.
    let appliedAt: Int64
    let isComplete: Bool

    func provenance(now: Date) -> Provenance {
        Provenance(source: name, ageMilliseconds: age(now: now), complete: isComplete)
    }

    /// A clock that was put back makes nothing younger than new.
    func age(now: Date) -> UInt64 {
        UInt64(max(0, now.milliseconds.subtractingReportingOverflow(appliedAt).partialValue))
    }

    /// What an answer rests on that names no customer: the slowest of the feeds, and all of them.
    static func provenance(of feeds: some Collection<FeedState>, now: Date) -> Provenance {
        Provenance(
            source: Provenance.replicaSource, ageMilliseconds: feeds.map { $0.age(now: now) }.max() ?? 0,
            complete: !feeds.isEmpty && feeds.allSatisfy(\.isComplete))
    }
}
