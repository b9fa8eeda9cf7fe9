import Crypto
import CryptoExtras
import Foundation
import SwiftASN1
import Testing
import X509

@testable import Cards

@Suite struct CardDocumentTests {
    private let directory: TemporaryDirectory
    private let now = Date()

    init() throws {
        directory = try TemporaryDirectory()
    }

    private func face(_ language: String, store: String = "Blåbær & Sønn") -> CardFace {
        CardFace(store: store, code: CardCode(), language: .named(language))
    }

    @Test(
        "A PDF in every language is one page that a PDF reader reads, with the code and the store's name on it",
        arguments: CardLanguage.all.map(\.code))
    func pdf(_ language: String) throws {
        let store = language == "uk" ? "Ягідка" : "Blåbær & Sønn"
        let face = face(language, store: store)
        let bytes = try CardPDF.draw(face)
        #expect(bytes.count < 60_000 || language == "uk")
        try Data(bytes).write(to: URL(fileURLWithPath: directory.file("card.pdf")))
        let text = try run("pdftotext", "-layout", "card.pdf", "-", in: directory.path)
        #expect(text.status == 0)
        #expect(text.output.contains(face.spelledCode))
        #expect(text.output.contains(store))
        #expect(text.output.contains(face.language.hint))
        #expect(try run("pdfinfo", "card.pdf", in: directory.path).output.contains("Pages:           1"))
    }

    @Test("A pass is an archive of stored files whose manifest holds and whose signature openssl verifies")
    func pass() throws {
        let kit = try PassKit()
        let face = face("nb")
        let bytes = try ApplePass(kit.identity).make(face, now: now)
        try Data(bytes).write(to: URL(fileURLWithPath: directory.file("card.pkpass")))
        #expect(try run("python3", "-m", "zipfile", "-e", "card.pkpass", "pass", in: directory.path).status == 0)
        let methods = try run(
            "python3", "-c",
            "import zipfile; print({i.compress_type for i in zipfile.ZipFile('card.pkpass').infolist()})",
            in: directory.path)
        #expect(methods.output == "{0}\n")
        let folder = directory.file("pass")
        let manifest = try JSONDecoder().decode([String: String].self, from: file("pass/manifest.json"))
        let names = try FileManager.default.contentsOfDirectory(atPath: folder)
        #expect(Set(names) == Set(manifest.keys).union(["manifest.json", "signature"]))
        for (name, digest) in manifest {
            let found = Insecure.SHA1.hash(data: try file("pass/\(name)")).map { byte in
                (byte < 16 ? "0" : "") + String(byte, radix: 16)
            }.joined()
            #expect(found == digest, "\(name)")
        }
        try Data(kit.root.serializeAsPEM().pemString.utf8).write(to: URL(fileURLWithPath: directory.file("root.pem")))
        let check = try run(
            "openssl", "smime", "-verify", "-binary", "-inform", "DER", "-in", "pass/signature", "-content",
            "pass/manifest.json", "-CAfile", "root.pem", "-purpose", "any", "-out", "/dev/null", in: directory.path)
        #expect(check.status == 0, "\(check.output)")
        let signature = try run(
            "openssl", "cms", "-cmsout", "-print", "-inform", "DER", "-in", "pass/signature", in: directory.path)
        for part in ["signingTime", "messageDigest", "contentType", "Worldwide Developer Relations"] {
            #expect(signature.output.contains(part), "\(part)")
        }
        #expect(signature.output.contains("eContent: <ABSENT>"))
    }

    @Test("A pass is a store card with the card's QR code, and needs no word of the customer")
    func passContents() throws {
        let kit = try PassKit()
        let face = face("de")
        let bytes = try ApplePass(kit.identity).make(face, now: now)
        try Data(bytes).write(to: URL(fileURLWithPath: directory.file("card.pkpass")))
        _ = try run("python3", "-m", "zipfile", "-e", "card.pkpass", "pass", in: directory.path)
        let pass = try #require(JSONSerialization.jsonObject(with: file("pass/pass.json")) as? [String: Any])
        #expect(pass["formatVersion"] as? Int == 1)
        #expect(pass["passTypeIdentifier"] as? String == "pass.example.card")
        #expect(pass["teamIdentifier"] as? String == "A1B2C3D4E5")
        #expect(pass["organizationName"] as? String == "Blåbær & Sønn")
        #expect((pass["description"] as? String)?.isEmpty == false)
        #expect(pass["serialNumber"] as? String == face.code.serial)
        #expect(pass["storeCard"] is [String: Any])
        let barcode = try #require((pass["barcodes"] as? [[String: String]])?.first)
        #expect(barcode["format"] == "PKBarcodeFormatQR")
        #expect(barcode["message"] == face.code.text)
        #expect(barcode["messageEncoding"] == "iso-8859-1")
    }

    @Test("A signature over another manifest does not verify")
    func tampered() throws {
        let kit = try PassKit()
        let bytes = try ApplePass(kit.identity).make(face("en"), now: now)
        try Data(bytes).write(to: URL(fileURLWithPath: directory.file("card.pkpass")))
        _ = try run("python3", "-m", "zipfile", "-e", "card.pkpass", "pass", in: directory.path)
        try Data(kit.root.serializeAsPEM().pemString.utf8).write(to: URL(fileURLWithPath: directory.file("root.pem")))
        try Data("{}".utf8).write(to: URL(fileURLWithPath: directory.file("pass/manifest.json")))
        let check = try run(
            "openssl", "smime", "-verify", "-binary", "-inform", "DER", "-in", "pass/signature", "-content",
            "pass/manifest.json", "-CAfile", "root.pem", "-purpose", "any", "-out", "/dev/null", in: directory.path)
        #expect(check.status != 0)
    }

    @Test("A link to Google Wallet is a JWT whose signature holds, and is short enough for Google")
    func google() throws {
        let key = try _RSA.Signing.PrivateKey(keySize: .bits2048)
        let settings = GoogleWallet.Settings(
            issuer: "3388000000012345678", loyaltyClass: "members", account: "cards@project.iam.example", keyPath: "",
            origins: ["https://cards.example"])
        let face = face("fi")
        let link = try GoogleWallet(settings, key: key).link(face, now: now)
        #expect(link.utf8.count <= 1_800)
        #expect(link.hasPrefix("https://pay.google.com/gp/v/save/"))
        let parts = try #require(link.split(separator: "/").last).split(separator: ".").map(String.init)
        #expect(parts.count == 3)
        let signature = _RSA.Signing.RSASignature(rawRepresentation: try #require(Self.decoded(parts[2])))
        #expect(
            key.publicKey.isValidSignature(
                signature, for: Data("\(parts[0]).\(parts[1])".utf8), padding: .insecurePKCS1v1_5))
        let head = try #require(
            Self.decoded(parts[0]).flatMap { try? JSONDecoder().decode([String: String].self, from: $0) })
        #expect(head == ["alg": "RS256", "typ": "JWT"])
        let claims = try #require(
            Self.decoded(parts[1]).flatMap { try? JSONSerialization.jsonObject(with: $0) as? [String: Any] })
        #expect(claims["aud"] as? String == "google")
        #expect(claims["typ"] as? String == "savetowallet")
        let objects = try #require((claims["payload"] as? [String: Any])?["loyaltyObjects"] as? [[String: Any]])
        #expect(objects.first?["classId"] as? String == "3388000000012345678.members")
        #expect((objects.first?["barcode"] as? [String: String])?["value"] == face.code.text)
        let long = CardFace(store: String(repeating: "ø", count: 50), code: CardCode(), language: .named("nb"))
        #expect(try GoogleWallet(settings, key: key).link(long, now: now).utf8.count <= 1_800)
    }

    private func file(_ name: String) throws -> Data {
        try Data(contentsOf: URL(fileURLWithPath: directory.file(name)))
    }

    private static func decoded(_ text: String) -> Data? {
        let plain = text.replacing("-", with: "+").replacing("_", with: "/")
        return Data(base64Encoded: plain + String(repeating: "=", count: (4 - plain.count % 4) % 4))
    }
}
