/// What a card is asked for with.
package struct CardRequest: Sendable, Equatable {
    /// Who asks, and the id the till made up.
    package typealias Operation = (caller: String, id: [UInt8])

    /// The customer's opaque id.
    package var customer: String
    package var channel: Dispatch.Channel
    /// The phone number (E.164) or e-mail address, empty for the channel none.
    package var address: String
    /// `nil` when the till made none, and a retry is another card.
    package var operation: Operation?

    package init(
        customer: String, channel: Dispatch.Channel, address: String = "",
        operation: Operation? = nil
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
