/// How the delivery of an entry of the outbox went, or what a check of it found.
package enum Delivery: Sendable, Equatable {
    /// The system took it.
    case done
    /// The system does not take it, and will not when it is asked again: somebody has to mend the cause.
    case refused(reason: String)
    /// The system did not take it, or not now: it is delivered again.
    /// - Parameter after: how long the system wants to be left alone, when it said so; everything for it waits then.
    case retry(reason: String, after: Duration? = nil)
    /// Nobody knows whether the system took it.
    case unknown(reason: String)
}
