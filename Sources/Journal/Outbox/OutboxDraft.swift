/// What a system outside is to learn or to do, before it is in the outbox.
package struct OutboxDraft: Sendable, Equatable {
    /// The system's name in the configuration.
    package var system: String
    /// What it is, in the connector's word: `bonus_change`. It is shown to people, and holds nothing of a customer.
    package var kind: String
    /// The operation id: 1 to ``OutboxLimits/operationBytesMax`` bytes, the same for no other effect in this system. It is
    /// made before the effect is, so that whoever asks again finds what was asked for already.
    package var operation: [UInt8]
    /// The opaque id of the customer it is about, or another word of whom; empty for what is about nobody. Entries of one
    /// subject reach a system in their order, and an erasure finds them by it.
    package var subject: String
    /// What the connector needs to deliver it, in its own form; sealed in the file.
    package var payload: [UInt8]
    /// The call that asked for it, by which the same call made again is known whatever was looked up for it since; `nil` for
    /// what no call asked for, which is known by its payload.
    package var request: OutboxRequest?
    /// The word for what it says the present state of, such as an order of the system's; `nil` for what tells of something that
    /// happened. What was put in earlier about the same is out of date.
    package var place: String?

    package init(
        system: String, kind: String, operation: [UInt8], subject: String = "", payload: [UInt8],
        request: OutboxRequest? = nil, place: String? = nil
    ) {
        self.system = system
        self.kind = kind
        self.operation = operation
        self.subject = subject
        self.payload = payload
        self.request = request
        self.place = place
    }

    /// Whether its parts are as long as they may be.
    var fits: Bool {
        (1...OutboxLimits.operationBytesMax).contains(operation.count)
            && (1...OutboxLimits.nameBytesMax).contains(system.utf8.count)
            && (1...OutboxLimits.nameBytesMax).contains(kind.utf8.count)
            && subject.utf8.count <= OutboxLimits.subjectBytesMax && payload.count <= OutboxLimits.payloadBytesMax
    }
}
