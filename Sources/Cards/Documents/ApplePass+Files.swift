import Credentials
import Foundation
import SwiftASN1
import X509

extension ApplePass {
    /// Where the store's certificate for passes is.
    package struct Settings: Sendable, Equatable {
        package var passType: String
        package var team: String
        /// PEM files: the certificate, its key (for its owner alone), Apple's intermediate certificate.
        package var certificatePath: String
        package var keyPath: String
        package var intermediatePath: String
        /// A folder with `icon.png`, `icon@2x.png`, `logo.png` and the like; `nil` for a plain icon.
        package var imagesPath: String?

        package init(
            passType: String, team: String, certificatePath: String, keyPath: String, intermediatePath: String,
            imagesPath: String? = nil
        ) {
            self.passType = passType
            self.team = team
            self.certificatePath = certificatePath
            self.keyPath = keyPath
            self.intermediatePath = intermediatePath
            self.imagesPath = imagesPath
        }
    }

    /// The pictures that are looked for in the folder.
    package static let imageNames = ["icon", "logo", "strip"].flatMap { ["\($0).png", "\($0)@2x.png", "\($0)@3x.png"] }

    /// Reads the certificate and its key.
    /// - Throws: ``CardsError`` `settingsWrong`.
    package init(_ settings: Settings) throws(CardsError) {
        let key = try Self.pem(settings.keyPath, isSecret: true) { try Certificate.PrivateKey(pemEncoded: $0) }
        let certificate = try Self.pem(settings.certificatePath) { try Certificate(pemEncoded: $0) }
        let intermediate = try Self.pem(settings.intermediatePath) { try Certificate(pemEncoded: $0) }
        guard certificate.publicKey == key.publicKey else {
            throw CardsError(
                .settingsWrong,
                "\(settings.keyPath) is not the key of \(settings.certificatePath). Name the two that belong together.")
        }
        let identity = Identity(
            passType: settings.passType, team: settings.team, certificate: certificate, key: key,
            intermediate: intermediate)
        self.init(identity, images: try Self.images(in: settings.imagesPath))
    }

    private static func pem<Value>(
        _ path: String, isSecret: Bool = false, _ parse: (String) throws -> Value
    ) throws(CardsError) -> Value {
        do {
            let bytes = isSecret ? try SecretFile.read(path) : Array(try Data(contentsOf: URL(fileURLWithPath: path)))
            guard let bytes else { throw CocoaError(.fileNoSuchFile) }
            return try parse(String(decoding: bytes, as: UTF8.self))
        } catch let error as CredentialsError {
            throw CardsError(.settingsWrong, error.message, cause: error.cause)
        } catch {
            throw CardsError(
                .settingsWrong,
                "\(path) is not there, or is not the PEM file it should be. Passes for Apple Wallet need it.",
                cause: "\(type(of: error))")
        }
    }

    private static func images(in folder: String?) throws(CardsError) -> [(name: String, bytes: [UInt8])] {
        guard let folder else { return [] }
        var images: [(name: String, bytes: [UInt8])] = []
        for name in imageNames {
            guard let data = FileManager.default.contents(atPath: "\(folder)/\(name)") else { continue }
            guard data.count <= CardsLimits.imageBytesMax, data.starts(with: [0x89, 0x50, 0x4E, 0x47]) else {
                throw CardsError(
                    .settingsWrong, "\(folder)/\(name) is no PNG, or larger than \(CardsLimits.imageBytesMax) bytes.")
            }
            images.append((name, Array(data)))
        }
        return images
    }
}
