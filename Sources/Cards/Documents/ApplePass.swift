import Crypto
package import Foundation
@_spi(CMS) package import X509

/// Makes passes for Apple Wallet ("Building a Pass", developer.apple.com/documentation/walletpasses): a store card with the
/// card's QR code, a manifest, and a detached signature over it.
package struct ApplePass: Sendable {
    package static let contentType = "application/vnd.apple.pkpass"

    /// What Apple knows the passes by.
    package struct Identity: Sendable {
        /// `pass.…`, as the certificate names it.
        package let passType: String
        package let team: String
        package let certificate: Certificate
        package let key: Certificate.PrivateKey
        /// Apple's intermediate certificate ("Worldwide Developer Relations").
        package let intermediate: Certificate

        package init(
            passType: String, team: String, certificate: Certificate, key: Certificate.PrivateKey,
            intermediate: Certificate
        ) {
            self.passType = passType
            self.team = team
            self.certificate = certificate
            self.key = key
            self.intermediate = intermediate
        }
    }

    private let identity: Identity
    /// The images by their names in the pass: `icon.png`, `icon@2x.png`, `logo.png`.
    private let images: [(name: String, bytes: [UInt8])]

    /// - Parameter images: the store's own; without an icon among them the pass has a plain one.
    package init(_ identity: Identity, images: [(name: String, bytes: [UInt8])] = []) {
        self.identity = identity
        let hasIcon = images.contains { $0.name == "icon.png" }
        self.images = hasIcon ? images : PassIcon.images + images
    }

    /// - Throws: ``CardsError`` `documentFailed`.
    package func make(_ face: CardFace, now: Date) throws(CardsError) -> [UInt8] {
        var files = [(name: "pass.json", bytes: try json(Contents(face, identity)))]
        files += images.map { (name: $0.name, bytes: $0.bytes) }
        let digests = files.map { ($0.name, LinkKey.hexadecimal(Insecure.SHA1.hash(data: $0.bytes))) }
        let manifest = try json(Dictionary(digests) { $1 })
        let signature: [UInt8]
        do {
            signature = try CMS.sign(
                manifest, additionalIntermediateCertificates: [identity.intermediate],
                certificate: identity.certificate, privateKey: identity.key, signingTime: now, detached: true)
        } catch {
            throw CardsError(
                .documentFailed, "The pass cannot be signed. Check that the key belongs to the certificate.",
                cause: "\(error)")
        }
        files += [("manifest.json", manifest), ("signature", signature)]
        return try ZipArchive.make(files, date: now)
    }

    private func json(_ value: some Encodable) throws(CardsError) -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        do {
            return Array(try encoder.encode(value))
        } catch {
            throw CardsError(.documentFailed, "The pass cannot be written.", cause: "\(type(of: error))")
        }
    }
}

/// `pass.json`.
private struct Contents: Encodable {
    struct Barcode: Encodable {
        let format = "PKBarcodeFormatQR"
        let message: String
        let messageEncoding = "iso-8859-1"
        let altText: String
    }

    struct Field: Encodable {
        let key: String
        let label: String
        let value: String
    }

    struct StoreCard: Encodable {
        let primaryFields: [Field]
        let backFields: [Field]
    }

    let formatVersion = 1
    let passTypeIdentifier: String
    let serialNumber: String
    let teamIdentifier: String
    let organizationName: String
    let description: String
    let logoText: String
    let foregroundColor = "rgb(255, 255, 255)"
    let backgroundColor = "rgb(31, 111, 178)"
    let labelColor = "rgb(255, 255, 255)"
    /// A card is its customer's own.
    let sharingProhibited = true
    let barcodes: [Barcode]
    let storeCard: StoreCard

    init(_ face: CardFace, _ identity: ApplePass.Identity) {
        passTypeIdentifier = identity.passType
        // Another pass with the same number takes this one's place on the phone.
        serialNumber = face.code.serial
        teamIdentifier = identity.team
        organizationName = face.store
        description = "\(face.language.title), \(face.store)"
        logoText = face.store
        barcodes = [Barcode(message: face.code.text, altText: face.spelledCode)]
        storeCard = StoreCard(
            primaryFields: [Field(key: "card", label: face.store, value: face.language.title)],
            backFields: [
                Field(
                    key: "hint", label: face.language.title, value: "\(face.language.hint) \(face.language.brightness)")
            ])
    }
}
