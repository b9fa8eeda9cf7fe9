package import Foundation

/// How a system stands, by the calls made to it.
package struct SystemStatus: Sendable, Equatable {
    /// When it last answered in this run of the edge.
    package var answeredAt: Date?
    /// Why it last did not, or refused; empty after an answer.
    package var failure = ""
    package var failedAt: Date?
    /// Failures one after another.
    package var failures = 0
    /// Until when it is left alone.
    package var leftAloneUntil: Date?

    package init() {}
}
