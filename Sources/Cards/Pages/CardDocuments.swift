package import Foundation

/// Makes what a customer gets of a card: the links, the page, the paper, the pass.
package struct CardDocuments: Sendable {
    /// The store or chain whose cards these are.
    package let store: String
    package let language: CardLanguage
    package let links: CardLinks
    /// The time zone in which the page says until when it is there.
    package let zone: TimeZone
    /// `nil` where the store has no certificate of Apple's.
    package let apple: ApplePass?
    /// `nil` where the store has no account with Google Wallet.
    package let google: GoogleWallet?

    package init(
        store: String, language: CardLanguage, links: CardLinks, zone: TimeZone, apple: ApplePass? = nil,
        google: GoogleWallet? = nil
    ) {
        self.store = store
        self.language = language
        self.links = links
        self.zone = zone
        self.apple = apple
        self.google = google
    }

    package func face(_ code: CardCode) -> CardFace { CardFace(store: store, code: code, language: language) }

    package func pdf(_ code: CardCode) throws(CardsError) -> [UInt8] { try CardPDF.draw(face(code)) }
}
