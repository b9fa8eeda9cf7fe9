package import Foundation

/// What a feed is doing.
package enum FeedPhase: Sendable, Equatable {
    /// It waits for its next run.
    case waiting(until: Date)
    case running
    /// The last try failed, and it tries again soon.
    case retrying(until: Duration)
    /// The source is down: after a long pause it is tried once.
    case down(until: Duration)
}
