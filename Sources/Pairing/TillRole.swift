/// What a paired program is for.
package enum TillRole: String, Sendable, CaseIterable {
    /// A lane's till.
    case till
    /// A display that looks on in a lane.
    case display
    /// Whoever looks after devices. It sees no customers.
    case technician
}
