package import Foundation

/// How a card gets to its customer, and how far it has come.
package struct Dispatch: Sendable, Equatable {
    package enum Channel: Int64, Sendable, CaseIterable {
        /// It is not sent: the till prints or shows it.
        case none = 1
        case sms = 2
        case email = 3
    }

    package enum State: Int64, Sendable, CaseIterable {
        /// The channel is none.
        case notSent = 1
        /// It waits for its turn, or for the gateway to be there again.
        case queued = 2
        /// The gateway has it now.
        case sending = 3
        /// The gateway took it.
        case sent = 4
        /// The gateway refuses it, or could not be reached in time.
        case failed = 5

        /// Whether nothing more will happen by itself.
        package var isFinal: Bool { self == .notSent || self == .sent || self == .failed }
    }

    package let channel: Channel
    package var state: State
    package var attempts: Int
    package var changedAt: Date
    /// When it is tried next.
    package var dueAt: Date?
    /// Why the last attempt failed, and what to do; empty when none has.
    package var reason: String

    package init(
        channel: Channel, state: State, attempts: Int = 0, changedAt: Date, dueAt: Date? = nil, reason: String = ""
    ) {
        self.channel = channel
        self.state = state
        self.attempts = attempts
        self.changedAt = changedAt
        self.dueAt = dueAt
        self.reason = reason
    }
}
