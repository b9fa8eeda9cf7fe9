package import Foundation

/// What is sent with a card.
package struct CardMessage: Sendable, Equatable {
    /// A phone number (E.164) or an e-mail address.
    package let address: String
    /// Of an e-mail.
    package let subject: String
    package let text: String
    /// The same for each attempt, so that whoever gets it twice can tell.
    package let reference: String

    package init(address: String, subject: String, text: String, reference: String) {
        self.address = address
        self.subject = subject
        self.text = text
        self.reference = reference
    }

    /// The message for a card that is due.
    package init(_ due: DueCard, _ documents: CardDocuments, now: Date) {
        let (links, words) = (documents.links, documents.language)
        let template = due.card.dispatch.channel == .email ? words.email : words.sms
        let fill = { (text: String) in
            text.replacing("{store}", with: documents.store)
                .replacing("{pdf}", with: links.link(.pdf, to: due.card.code, now: now))
                .replacing("{page}", with: links.link(.page, to: due.card.code, now: now))
        }
        self.init(
            address: due.address, subject: fill(words.subject), text: fill(template),
            reference: "card-\(due.card.id)".lowercased())
    }
}

/// Takes messages to where they are sent from.
package protocol MessageGateway: Sendable {
    /// - Throws: ``CardsError`` `unavailable` when it may be tried again, `refused` when not.
    func send(_ message: CardMessage) async throws(CardsError)
    /// Ends what is under way.
    func close() async
}
