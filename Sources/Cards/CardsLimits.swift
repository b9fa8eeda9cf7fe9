/// The bounds of every list, text, answer and wait of this module.
package enum CardsLimits {
    /// Cards of one customer that are good at the same time.
    package static let cardsOfCustomerMax = 16
    /// Bytes of an address a card is sent to: RFC 5321, section 4.5.3.1.3, has 256 with its brackets.
    package static let addressBytesMax = 254
    /// Bytes of an operation id.
    package static let operationBytesMax = 64
    /// How long it is remembered which operation sent a card once more, in seconds: 30 days.
    package static let sendingsKeptFor: Double = 30 * 86_400
    /// How long a link is good, in days of the store's clock.
    package static let linkDays = 7
    /// Bytes of a link's token in a request.
    package static let tokenBytesMax = 256
    /// How often a card is tried to be sent.
    package static let attemptsMax = 30
    /// The pauses between two attempts.
    package static let pauseMin = Duration.seconds(5)
    package static let pauseMax = Duration.seconds(3_600)
    /// How long a gateway's `Retry-After` is obeyed at most.
    package static let retryAfterMax = Duration.seconds(86_400)
    /// After so many days of the store's clock a card is not sent any more: its links would be old.
    package static let sendDays = 3
    /// Messages that are sent in one round.
    package static let roundMax = 32
    /// Seconds for a connection to a gateway, and for the whole conversation.
    package static let connectSeconds: Int64 = 10
    package static let conversationSeconds: Int64 = 30
    /// Bytes of a gateway's answer that are read.
    package static let answerBytesMax = 16_384
    /// Google's bound of a link (Google Wallet, "Web": 1,800 characters).
    package static let googleLinkMax = 1_800
    /// Bytes of an image of a pass.
    package static let imageBytesMax = 1_048_576
    /// Bytes of a PDF in an answer to a till, which a frame holds.
    package static let pdfBytesMax = 60_000
    /// Connections to the card page at a time, and the seconds one may last without a whole request.
    package static let pageConnectionsMax = 64
    package static let pageSeconds: Int64 = 10
    /// Pages made in a second; further requests are asked to come later.
    package static let pagesPerSecond = 20
    /// Cards that are forgotten in one transaction.
    package static let trimmedMax = 1_000
}
