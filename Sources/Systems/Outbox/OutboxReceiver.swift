package import Journal

/// A system outside that takes entries of the outbox. Reasons are shown to people, and hold nothing of a customer.
package protocol OutboxReceiver: Sendable {
    /// Whether delivering an entry twice has the effect of delivering it once: because the system knows the operation id, or
    /// because the entry says how something is and not how it changes.
    func isRepeatable(_ entry: OutboxEntry) -> Bool

    /// The word for what an entry says the present state of, such as an order of the system's; `nil` for one that tells of
    /// something that happened: ``OutboxDraft/place``. Of the entries about one place the newest alone is delivered, and none where
    /// somebody dropped that one: what was put in before it is out of date.
    func place(of entry: OutboxEntry) -> String?

    /// Gives the entry to the system. It comes to an end when its task is cancelled, which happens after
    /// ``OutboxDelivery/deliveryTimeMax``.
    func deliver(_ entry: OutboxEntry) async -> Delivery

    /// Looks in the system whether an entry arrived whose outcome is unknown.
    /// - Returns: `done` when it did, `retry` when it surely did not and is to be delivered, `unknown` when that cannot be
    ///   told yet.
    func check(_ entry: OutboxEntry) async -> Delivery
}

extension OutboxReceiver {
    package func place(of entry: OutboxEntry) -> String? { nil }

    /// For a system in which nothing can be looked up: a person decides.
    package func check(_ entry: OutboxEntry) async -> Delivery {
        .unknown(reason: "\(entry.system) offers no way to look it up. Look there, then retry or drop it.")
    }
}
