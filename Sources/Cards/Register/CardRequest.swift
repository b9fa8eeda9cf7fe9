/// What a card is asked for with.
package struct CardRequest: Sendable, Equatable {
    /// The customer's opaque id.
    package var customer: String
    package var channel: Dispatch.Channel
    /// The phone number (E.164) or e-mail address, empty for the channel none.
    package var address: String
    /// The operation: who asks, and the id the till made up; `nil` when it made none, and a retry is another card.
    package var operation: (caller: String, id: [UInt8])?

    package init(
        customer: String, channel: Dispatch.Channel, address: String = "",
        operation: (caller: String, id: [UInt8])? = nil
    ) {
        self.customer = customer
        self.channel = channel
        self.address = address
        self.operation = operation
    }

    package static func == (one: CardRequest, other: CardRequest) -> Bool {
        one.customer == other.customer && one.channel == other.channel && one.address == other.address
            && one.operation?.caller == other.operation?.caller && one.operation?.id == other.operation?.id
    }
}
