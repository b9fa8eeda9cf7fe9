/// Where the customers of a system are made.
package enum EnrolmentRule: Sendable, Equatable {
    /// The till may have one made.
    case atTill
    /// Customers do it themselves, and nobody else can: they are shown where.
    case bySelf(url: String)
    /// Not by this edge.
    case elsewhere
}
