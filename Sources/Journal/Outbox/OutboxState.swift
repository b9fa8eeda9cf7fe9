/// How something that goes to a system outside stands. The numbers are those of the file: below ``firstClosed`` it is still
/// to be delivered, and what comes after it for the same subject waits.
package enum OutboxState: Int64, Sendable, CaseIterable {
    /// It waits for its first or next try.
    case pending = 1
    /// It is being delivered, or was when the process ended.
    case sending = 2
    /// It was delivered, and nobody knows whether the system took it: it is checked, and never simply sent again.
    case unknown = 3
    /// The system took it.
    case sent = 11
    /// The system does not take it: somebody mends the cause and has it tried again, or drops it.
    case refused = 12
    /// Somebody gave it up, or the customer it was about was erased.
    case dropped = 13

    /// The states from this number on are ends.
    static let firstClosed: Int64 = 10

    package var isOpen: Bool { rawValue < Self.firstClosed }
}
