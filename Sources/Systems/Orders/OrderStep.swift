import Journal

/// What a system does to carry an order out.
package struct OrderStep: Sendable {
    /// Whether doing it twice does no more than once.
    let isRepeatable: Bool
    /// Does it.
    /// - Throws: ``SystemsError``: `outcomeUnknown` when nobody knows whether it was done.
    let carryOut: @Sendable (OutboxEntry) async throws(SystemsError) -> Void
    /// Looks whether it was done.
    /// - Returns: `nil` when that cannot be told.
    let isCarriedOut: @Sendable () async throws(SystemsError) -> Bool?

    /// A step that says how something is, or that the system knows when it comes again.
    init(_ carryOut: @escaping @Sendable (OutboxEntry) async throws(SystemsError) -> Void) {
        self.init(isRepeatable: true, carryOut) { () async throws(SystemsError) in nil }
    }

    init(
        isRepeatable: Bool, _ carryOut: @escaping @Sendable (OutboxEntry) async throws(SystemsError) -> Void,
        isCarriedOut: @escaping @Sendable () async throws(SystemsError) -> Bool?
    ) {
        self.isRepeatable = isRepeatable
        self.carryOut = carryOut
        self.isCarriedOut = isCarriedOut
    }
}
