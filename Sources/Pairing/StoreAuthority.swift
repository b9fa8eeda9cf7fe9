import Credentials
import Crypto
import Foundation
import SwiftASN1
import X509

/// The store's own certificate authority: it says which edge is the store's, and which tills.
package struct StoreAuthority: Sendable {
    let key: SigningKey
    let certificate: Certificate
    /// The authority's certificate in DER, which tills and browsers trust.
    package let der: [UInt8]

    /// A new authority.
    /// - Parameter store: the store's name, for whoever looks at the certificate.
    static func make(store: String, limits: PairingLimits, now: Date) throws(PairingError) -> StoreAuthority {
        let key = SigningKey()
        do {
            let name = try DistinguishedName {
                CommonName("Countertop of \(store.prefix(40))")
                OrganizationalUnitName("Store authority \(UInt32.random(in: .min ... .max))")
            }
            let certificate = try Certificate(
                version: .v3, serialNumber: Certificate.SerialNumber(),
                publicKey: Certificate.PublicKey(key.key.publicKey),
                notValidBefore: now - limits.clockSkew.timeInterval,
                notValidAfter: now + Self.days(limits.authorityCertificateDays), issuer: name, subject: name,
                signatureAlgorithm: .ecdsaWithSHA256,
                extensions: try Certificate.Extensions {
                    Critical(BasicConstraints.isCertificateAuthority(maxPathLength: 0))
                    Critical(KeyUsage(keyCertSign: true, cRLSign: true))
                    SubjectKeyIdentifier(hash: Certificate.PublicKey(key.key.publicKey))
                },
                issuerPrivateKey: Certificate.PrivateKey(key.key))
            return try StoreAuthority(key: key, certificate: certificate)
        } catch let error as PairingError {
            throw error
        } catch {
            throw PairingError(
                .issuingFailed, "The store's authority cannot be made. Report this fault.", cause: "\(error)")
        }
    }

    private init(key: SigningKey, certificate: Certificate) throws {
        self.key = key
        self.certificate = certificate
        der = try certificate.der()
    }

    /// - Throws: ``PairingError`` `identityBroken` when the certificate is not this key's.
    init(keyPEM: String, der: [UInt8]) throws(PairingError) {
        do throws(CredentialsError) {
            key = try SigningKey(pem: keyPEM)
            certificate = try Certificate(checked: der)
        } catch {
            throw PairingError(error)
        }
        self.der = der
        guard certificate.publicKey == Certificate.PublicKey(key.key.publicKey) else {
            throw PairingError(
                .identityBroken, "The authority's certificate is not of its key. Put both back from the same copy.")
        }
    }

    static func days(_ days: Int) -> TimeInterval { TimeInterval(days) * 86_400 }
}

extension Duration {
    var timeInterval: TimeInterval { TimeInterval(components.seconds) }
}
