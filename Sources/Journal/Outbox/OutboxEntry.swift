/// Something in the outbox.
package struct OutboxEntry: Sendable, Equatable {
    /// Its number, in the order in which entries came.
    package let id: Int64
    package let system: String
    package let kind: String
    /// The operation id; empty once the entry was sent or dropped, as are the next two.
    package let operation: [UInt8]
    package let subject: String
    package let payload: [UInt8]
    package var standing: OutboxStanding
    /// Whether what it holds could be read; where not, the three before are empty.
    package let isReadable: Bool

    package init(
        id: Int64, system: String, kind: String, operation: [UInt8], subject: String, payload: [UInt8],
        standing: OutboxStanding, isReadable: Bool = true
    ) {
        self.id = id
        self.system = system
        self.kind = kind
        self.operation = operation
        self.subject = subject
        self.payload = payload
        self.standing = standing
        self.isReadable = isReadable
    }
}
