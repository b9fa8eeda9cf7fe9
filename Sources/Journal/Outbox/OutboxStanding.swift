package import Foundation

/// Where an entry of the outbox stands.
package struct OutboxStanding: Sendable, Equatable {
    package var state: OutboxState
    /// How often it was delivered, tries that failed included.
    package var attempts: Int
    /// How often it was looked for in the system since its outcome is unknown.
    package var checks: Int
    /// When it is tried or looked for next.
    package var dueAt: Date
    /// Why it stands as it does, in words for people that hold no personal data; empty when there is nothing to say.
    package var reason: String
    package let createdAt: Date
    /// When the state became what it is.
    package var changedAt: Date
    /// Counts the changes, so that two who change it at once do not both.
    package var revision: Int64

    package init(
        state: OutboxState = .pending, attempts: Int = 0, checks: Int = 0, dueAt: Date, reason: String = "",
        createdAt: Date, changedAt: Date
    ) {
        self.init(
            state: state, attempts: attempts, checks: checks, dueAt: dueAt, reason: reason, createdAt: createdAt,
            changedAt: changedAt, revision: 0)
    }

    init(
        state: OutboxState, attempts: Int, checks: Int, dueAt: Date, reason: String, createdAt: Date, changedAt: Date,
        revision: Int64
    ) {
        self.state = state
        self.attempts = attempts
        self.checks = checks
        self.dueAt = dueAt
        self.reason = reason
        self.createdAt = createdAt
        self.changedAt = changedAt
        self.revision = revision
    }
}
