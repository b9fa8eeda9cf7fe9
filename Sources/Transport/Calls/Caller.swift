/// Who is at the other end of a connection, as far as it has proved it.
package struct Caller: Sendable, Hashable {
    /// What a caller is for. What each may do is the services' to say.
    package enum Role: String, Sendable, CaseIterable {
        /// It has proved nothing yet, and has small limits and little time.
        case stranger
        case till
        case display
        case technician
        case administrator
    }

    package let role: Role
    /// Opaque, and safe to log: "till-7zk4m9q2d8xa", "uid-1000"; empty for a stranger.
    package let id: String
    /// The one lane it serves; `nil` for every lane.
    package let lane: String?

    package init(_ role: Role, id: String, lane: String? = nil) {
        self.role = role
        self.id = id
        self.lane = lane
    }

    package static let stranger = Caller(.stranger, id: "")
    /// Whoever runs programs on the edge's own machine.
    package static let local = Caller(.administrator, id: "local")

    /// Whether it has proved who it is.
    package var isKnown: Bool { role != .stranger }
}
