import Cards
import Customers
import Wire

extension CardService {
    /// Where a card goes, as the cashier confirmed it with the customer. An address that is not stored with the customer is
    /// taken only when the request says that the customer gave it just now: a slip of the finger would send the card to a
    /// stranger.
    /// - Parameter isSent: whether the channel none makes no sense.
    /// - Throws: ``Wire/Status`` CUSTOMER_UNKNOWN, CHANNEL_MISSING, ADDRESS_INVALID, ADDRESS_NOT_STORED, ARGUMENT_INVALID.
    func place(
        _ asked: CardChannel, _ address: String, _ isNew: Bool, of customer: String, isSent: Bool
    ) throws(Status) -> (Dispatch.Channel, String) {
        let stored = try storedIdentifiers(of: customer)
        guard let channel = Dispatch.Channel(rawValue: Int64(asked.rawValue)), !(isSent && channel == .none) else {
            throw Status(.argumentInvalid, "A card goes by SMS or EMAIL, or NONE when the till prints it.")
        }
        switch channel {
        case .none: return (.none, "")
        case .sms:
            guard cards.settings?.sms != nil else { throw Self.missing("cards.sms") }
            guard let number = PhoneNumber(address, region: region)?.e164 else {
                throw Status(
                    .addressInvalid, "That is no phone number. Type it anew, with its country code if need be.")
            }
            try check(stored.contains { $0.type == .phone && $0.value == number } || isNew)
            return (.sms, number)
        case .email:
            guard cards.settings?.email != nil else { throw Self.missing("cards.email") }
            guard let folded = EmailAddress(address)?.folded, folded.utf8.count <= CardsLimits.addressBytesMax,
                folded.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && !Self.forbidden.contains($0) })
            else { throw Status(.addressInvalid, "That is no e-mail address. Type it anew.") }
            let isStored = stored.contains { $0.type == .email && EmailAddress($0.value)?.folded == folded }
            try check(isStored || isNew)
            return (.email, folded)
        }
    }

    /// What would end an address in a mail's head.
    private static let forbidden = Set("<>()[],;:\\\"".utf8)

    private func storedIdentifiers(of customer: String) throws(Status) -> [Customers.Identifier] {
        let found: (Customers.Customer, Customers.Provenance)?
        do {
            found = try recogniser.ask { try $0.customer(id: customer) }
        } catch {
            throw Status(replica: error)
        }
        guard let found else {
            throw Status(
                .customerUnknown, "The local copy has no customer with that id. Resolve the customer's code again.")
        }
        return found.0.identifiers
    }

    private func check(_ isConfirmed: Bool) throws(Status) {
        guard !isConfirmed else { return }
        throw Status(
            .addressNotStored,
            "That address is not stored with the customer. Read it back to the customer, and send again with new_address."
        )
    }

    private static func missing(_ section: String) -> Status {
        Status(
            .channelMissing,
            "The store has no gateway for this channel. Choose the other one, or add \(section) to the edge's configuration."
        )
    }
}
