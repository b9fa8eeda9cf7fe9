package import Wire

/// What a caller has to be to make a call.
package struct CallRule: Sendable {
    private let admit: @Sendable (Caller) -> Status?
    private let serve: @Sendable (Caller, String) -> Status?

    /// - Parameters:
    ///   - admit: why this caller may not make the call at all; `nil` when it may.
    ///   - serve: why it may not make it for this lane; asked only of calls that name one.
    package init(
        admit: @escaping @Sendable (Caller) -> Status?,
        serve: @escaping @Sendable (Caller, String) -> Status? = { _, _ in nil }
    ) {
        self.admit = admit
        self.serve = serve
    }

    /// Whoever has proved who it is.
    package static let everyoneKnown = CallRule(admit: { caller in
        caller.isKnown
            ? nil : Status(.identityNeeded, "Pair first: this call is for those who have proved who they are.")
    })

    package func check(_ caller: Caller) throws(Status) {
        if let refusal = admit(caller) { throw refusal }
    }

    package func check(_ caller: Caller, lane: String) throws(Status) {
        if let refusal = serve(caller, lane) { throw refusal }
    }
}
