import Crypto
import CryptoExtras
import Foundation
import SwiftASN1
import X509

@testable import Cards

/// Certificates as Apple gives them: a root, an intermediate under it, and one for passes.
struct PassKit {
    let identity: ApplePass.Identity
    let root: Certificate

    init() throws {
        let (rootKey, middleKey) = (P256.Signing.PrivateKey(), P256.Signing.PrivateKey())
        let key = Certificate.PrivateKey(try _RSA.Signing.PrivateKey(keySize: .bits2048))
        root = try Self.certificate("Root", of: .init(rootKey), by: "Root", with: .init(rootKey), isAuthority: true)
        let middle = try Self.certificate(
            "Worldwide Developer Relations", of: .init(middleKey), by: "Root", with: .init(rootKey), isAuthority: true)
        let leaf = try Self.certificate(
            "Pass Type ID: pass.example.card", of: key, by: "Worldwide Developer Relations", with: .init(middleKey),
            isAuthority: false)
        identity = ApplePass.Identity(
            passType: "pass.example.card", team: "A1B2C3D4E5", certificate: leaf, key: key, intermediate: middle)
    }

    private static func certificate(
        _ name: String, of key: Certificate.PrivateKey, by issuer: String, with issuerKey: Certificate.PrivateKey,
        isAuthority: Bool
    ) throws -> Certificate {
        try Certificate(
            version: .v3, serialNumber: .init(), publicKey: key.publicKey,
            notValidBefore: Date().addingTimeInterval(-60), notValidAfter: Date().addingTimeInterval(86_400),
            issuer: DistinguishedName { CommonName(issuer) }, subject: DistinguishedName { CommonName(name) },
            signatureAlgorithm: .ecdsaWithSHA256,
            extensions: Certificate.Extensions {
                Critical(
                    isAuthority
                        ? BasicConstraints.isCertificateAuthority(maxPathLength: nil) : .notCertificateAuthority)
            }, issuerPrivateKey: issuerKey)
    }
}

/// Runs a program to its end.
func run(_ program: String, _ arguments: String..., in folder: String) throws -> (status: Int32, output: String) {
    let process = Process()
    let output = Pipe()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = [program] + arguments
    process.currentDirectoryURL = URL(fileURLWithPath: folder)
    process.standardOutput = output
    process.standardError = output
    try process.run()
    let bytes = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: bytes, as: UTF8.self))
}
