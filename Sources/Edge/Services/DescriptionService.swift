import Transport
import Wire

/// Answers `countertop.v1.Edge`.
struct DescriptionService: Sendable {
    let greeting: ServerGreeting
    let limits: TransportLimits

    /// It tells of the calls that are in the router by then, and of its own.
    func register(in router: inout CallRouter) {
        let name = "countertop.v1.Edge/Describe"
        let description = greeting.description(calls: (router.calls + [name]).sorted(), limits.connection)
        router.unary(name) { (_: DescribeRequest, _) throws(Status) in description }
    }
}
