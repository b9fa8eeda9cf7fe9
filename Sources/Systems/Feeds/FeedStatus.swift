package import Foundation

/// How a feed stands.
package struct FeedStatus: Sendable, Equatable {
    package enum State: String, Sendable {
        /// It waits for its next run.
        case waiting
        case running
        /// The last try failed, and it tries again soon.
        case retrying
        /// The source is down, or refuses: it is tried now and then.
        case down
    }

    package let name: String
    /// `file`, `folder`, `command` or `http`.
    package let kind: String
    package var state: State
    /// When it runs next, as far as that is known.
    package var nextRun: Date?
    /// When it was last through in this run of the edge.
    package var lastThrough: Date?
    /// Why the last try failed; empty after a page.
    package var failure: String
    /// Whether the last try failed because the file or folder is not there.
    package var isMissing = false
    /// Failures one after another.
    package var failures: Int
    /// The run under way, or the last one that read something.
    package var progress: FeedProgress
    /// The run that ended last.
    package var lastRun: FeedRun?
}
