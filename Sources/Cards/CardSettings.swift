package import Foundation

/// How the store's own cards are made, sent and shown.
package struct CardSettings: Sendable, Equatable {
    /// Where the edge shows the pages itself.
    package struct Pages: Sendable, Equatable {
        /// The address of an interface.
        package var host: String
        /// 0 lets the system choose.
        package var port: Int

        package init(host: String, port: Int) {
            self.host = host
            self.port = port
        }
    }

    /// What stands on the cards: the store or the chain.
    package var name: String
    /// ISO 639-1.
    package var language: String
    /// Where customers reach the pages: `https://cards.example`.
    package var links: String
    /// The file of the key under which links are signed.
    package var keyPath: String
    /// `nil` where a host of the chain's shows them.
    package var pages: Pages?
    package var email: SMTPGateway.Settings?
    package var sms: SMSGateway.Settings?
    package var apple: ApplePass.Settings?
    package var google: GoogleWallet.Settings?

    package init(name: String, language: String, links: String, keyPath: String) {
        self.name = name
        self.language = language
        self.links = links
        self.keyPath = keyPath
    }

    /// What makes the documents, with every key and certificate read.
    /// - Parameter zone: the store's, in which the page names a day and a link's days are counted.
    /// - Throws: ``CardsError`` `settingsWrong`.
    package func documents(zone: TimeZone) throws(CardsError) -> CardDocuments {
        var (pass, wallet): (ApplePass?, GoogleWallet?)
        if let apple { pass = try ApplePass(apple) }
        if let google { wallet = try GoogleWallet(google) }
        return CardDocuments(
            store: name, language: .named(language),
            links: CardLinks(base: links, key: try LinkKey.loadOrCreate(at: keyPath), zone: zone), zone: zone,
            apple: pass,
            google: wallet)
    }

    /// The gateways by channel.
    package func gateways() -> [Dispatch.Channel: any MessageGateway] {
        var gateways: [Dispatch.Channel: any MessageGateway] = [:]
        if let email { gateways[.email] = SMTPGateway(email, store: name) }
        if let sms { gateways[.sms] = SMSGateway(sms) }
        return gateways
    }
}
