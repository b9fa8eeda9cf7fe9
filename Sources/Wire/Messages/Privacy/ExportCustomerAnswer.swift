import CCountertopProtos

/// Everything the edge keeps about a customer.
public struct ExportCustomerAnswer: WireMessage {
    public static let schema = WireSchema(countertop__v1__export_customer_answer__init)

    /// The record of the local copy.
    public var customer: Customer?
    /// Where the record comes from, and how fresh it is.
    public var provenance: Provenance?
    /// Uses of benefits, oldest first; at most 100.
    public var redemptions: [Redemption] = []
    /// What is on its way to systems outside, or was; at most 100.
    public var outbox: [OutboxEntry] = []
    /// The newest scans of the customer's codes, oldest first; at most 100.
    public var scans: [KeptScan] = []
    /// Lanes whose open basket the customer is in, or that keep him for the next one.
    public var lanes: [String] = []
    /// The store's own cards of the customer, the newest first, those included that are not good any more; at most 100.
    public var cards: [Card] = []
    /// Enrolments in this store, one for each system; at most 100.
    public var enrolments: [KeptEnrolment] = []

    public init() {}

    public init(
        customer: Customer? = nil, provenance: Provenance? = nil, redemptions: [Redemption] = [],
        outbox: [OutboxEntry] = [], scans: [KeptScan] = [], lanes: [String] = [], cards: [Card] = [],
        enrolments: [KeptEnrolment] = []
    ) {
        self.customer = customer
        self.provenance = provenance
        self.redemptions = redemptions
        self.outbox = outbox
        self.scans = scans
        self.lanes = lanes
        self.cards = cards
        self.enrolments = enrolments
    }

    public mutating func fields(_ fields: inout WireFields) {
        fields.field(1, "customer", &customer)
        fields.field(2, "provenance", &provenance)
        fields.field(3, "redemptions", &redemptions)
        fields.field(4, "outbox", &outbox)
        fields.field(5, "scans", &scans)
        fields.field(6, "lanes", &lanes)
        fields.field(7, "cards", &cards)
        fields.field(8, "enrolments", &enrolments)
    }
}
