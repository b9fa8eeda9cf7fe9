import CCountertopProtos

/// What staff see of a customer.
public struct CustomerView: WireMessage {
    public static let schema = WireSchema(countertop__v1__customer_view__init)

    /// The customer, with groups, balance and permissions.
    public var customer: Customer?
    /// Of the customer's record.
    public var provenance: Provenance?
    /// What happened last, the newest first.
    public var events: [CustomerEvent] = []
    /// Of the events that a system outside told.
    public var eventsProvenance: Provenance?

    public init() {}

    public init(
        customer: Customer? = nil, provenance: Provenance? = nil, events: [CustomerEvent] = [],
        eventsProvenance: Provenance? = nil
    ) {
        self.customer = customer
        self.provenance = provenance
        self.events = events
        self.eventsProvenance = eventsProvenance
    }

    public mutating func fields(_ fields: inout WireFields) {
        fields.field(1, "customer", &customer)
        fields.field(2, "provenance", &provenance)
        fields.field(3, "events", &events)
        fields.field(4, "events_provenance", &eventsProvenance)
    }
}
