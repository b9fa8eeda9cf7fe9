/// What became of a draft.
package enum OutboxPosted: Sendable, Equatable {
    /// It is on the disk under this number.
    case queued(Int64)
    /// The same was put in before under this number, and stands so.
    case known(Int64, OutboxState)
    /// Another effect had the operation id in this system, or another call had it.
    case otherOperation
    /// ``JournalLimits/outboxWaitingMax`` entries wait or are refused: it is not taken.
    case full
    /// A part of the draft is empty or longer than ``OutboxLimits`` allows: it is not taken.
    case unfit
}

/// How many entries of a system are in a state.
package struct OutboxCount: Sendable, Equatable {
    package let system: String
    package let state: OutboxState
    package let count: Int
    /// Microseconds since 1970 at which the oldest of them came.
    let oldest: Int64
}
