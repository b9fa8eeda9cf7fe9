package import Crypto
import Foundation

/// A P-256 key and its public half in the forms that TLS and certificates take.
package struct SigningKey: Sendable {
    package let key: P256.Signing.PrivateKey

    /// A new key.
    package init() {
        key = P256.Signing.PrivateKey()
    }

    /// - Parameter pem: PKCS#8 or SEC 1, as text.
    /// - Throws: ``CredentialsError`` `certificateMalformed`.
    package init(pem: String) throws(CredentialsError) {
        do {
            key = try P256.Signing.PrivateKey(pemRepresentation: pem)
        } catch {
            throw CredentialsError(.certificateMalformed, "The text is no P-256 key.", cause: "\(error)")
        }
    }

    /// The key as PKCS#8 in PEM. It is a secret.
    package var pem: String { key.pemRepresentation }

    /// The SubjectPublicKeyInfo in DER.
    package var publicKey: [UInt8] { Array(key.publicKey.derRepresentation) }
}
