import Credentials
package import CryptoExtras
package import Foundation

/// Makes the link by which a phone takes a card into Google Wallet ("Loyalty cards, Web"): a JWT (RFC 7519) signed RS256 with
/// the service account's key, with the loyalty object in it. The class stands at Google already.
package struct GoogleWallet: Sendable {
    package struct Settings: Sendable, Equatable {
        /// The issuer's number at Google.
        package var issuer: String
        /// The name of the loyalty class, without the issuer's number.
        package var loyaltyClass: String
        /// The service account's e-mail address.
        package var account: String
        /// Its RSA key, a PEM file for its owner alone.
        package var keyPath: String
        /// Pages on which the link may stand: `https://cards.example`.
        package var origins: [String]
        /// Where the link leads.
        package var saveURL: String

        package static let saveURL = "https://pay.google.com/gp/v/save/"

        package init(
            issuer: String, loyaltyClass: String, account: String, keyPath: String, origins: [String] = [],
            saveURL: String = Settings.saveURL
        ) {
            self.issuer = issuer
            self.loyaltyClass = loyaltyClass
            self.account = account
            self.keyPath = keyPath
            self.origins = origins
            self.saveURL = saveURL
        }
    }

    private let settings: Settings
    private let key: _RSA.Signing.PrivateKey

    /// - Throws: ``CardsError`` `settingsWrong`.
    package init(_ settings: Settings) throws(CardsError) {
        do {
            guard let bytes = try SecretFile.read(settings.keyPath) else {
                throw CardsError(
                    .settingsWrong, "\(settings.keyPath) is not there. Links to Google Wallet need the account's key.")
            }
            let key = try _RSA.Signing.PrivateKey(pemRepresentation: String(decoding: bytes, as: UTF8.self))
            self.init(settings, key: key)
        } catch let error as CardsError {
            throw error
        } catch let error as CredentialsError {
            throw CardsError(.settingsWrong, error.message, cause: error.cause)
        } catch {
            throw CardsError(
                .settingsWrong, "\(settings.keyPath) is no RSA key in PEM. Save the service account's key as such.",
                cause: "\(type(of: error))")
        }
    }

    package init(_ settings: Settings, key: _RSA.Signing.PrivateKey) {
        self.settings = settings
        self.key = key
    }

    /// - Throws: ``CardsError`` `documentFailed`, for a link that is longer than Google takes, too.
    package func link(_ face: CardFace, now: Date) throws(CardsError) -> String {
        let claims = Claims(face, settings, now: now)
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let link: String
        do {
            let head = CardLinks.base64URL(Array(#"{"alg":"RS256","typ":"JWT"}"#.utf8))
            let signed = "\(head).\(CardLinks.base64URL(try encoder.encode(claims)))"
            let signature = try key.signature(for: Data(signed.utf8), padding: .insecurePKCS1v1_5)
            link = "\(settings.saveURL)\(signed).\(CardLinks.base64URL(signature.rawRepresentation))"
        } catch {
            throw CardsError(
                .documentFailed, "The link to Google Wallet cannot be signed. Check the account's key.",
                cause: "\(type(of: error))")
        }
        guard link.utf8.count <= CardsLimits.googleLinkMax else {
            throw CardsError(
                .documentFailed,
                "The link to Google Wallet is longer than \(CardsLimits.googleLinkMax) characters. Give the store a "
                    + "shorter name, or the account a smaller key.")
        }
        return link
    }
}

private struct Claims: Encodable {
    struct Barcode: Encodable {
        let type = "QR_CODE"
        let value: String
        let alternateText: String
    }

    struct LoyaltyObject: Encodable {
        let id: String
        let classId: String
        let state = "ACTIVE"
        let accountId: String
        let barcode: Barcode
    }

    struct Payload: Encodable {
        let loyaltyObjects: [LoyaltyObject]
    }

    let iss: String
    let aud = "google"
    let typ = "savetowallet"
    let iat: Int64
    let origins: [String]
    let payload: Payload

    init(_ face: CardFace, _ settings: GoogleWallet.Settings, now: Date) {
        let serial = face.code.serial
        iss = settings.account
        iat = Int64(now.timeIntervalSince1970)
        origins = settings.origins
        let object = LoyaltyObject(
            id: "\(settings.issuer).\(serial)", classId: "\(settings.issuer).\(settings.loyaltyClass)",
            accountId: serial, barcode: Barcode(value: face.code.text, alternateText: face.spelledCode))
        payload = Payload(loyaltyObjects: [object])
    }
}
