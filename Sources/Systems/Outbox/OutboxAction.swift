/// What is to be done for a system next.
package enum OutboxAction: Sendable, Equatable {
    /// Deliver the first entry.
    case deliver
    /// Look in the system for the first entry.
    case check
    /// Do nothing for as long, or until something changes.
    case wait(Duration)
}
