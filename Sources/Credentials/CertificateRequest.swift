import Crypto
import Foundation
import SwiftASN1
package import X509

/// A till's request for a certificate (PKCS#10, RFC 2986): a P-256 key, and the proof that the till has its private half.
///
/// Nothing else of it is taken over: the name, lane and role in a certificate are the edge's to say.
package struct CertificateRequest: Sendable {
    /// The till's key.
    package let publicKey: Certificate.PublicKey

    /// A request for a certificate of this key.
    /// - Returns: the request in DER.
    /// - Throws: ``CredentialsError`` `requestMalformed` when the library refuses.
    package static func make(_ key: SigningKey) throws(CredentialsError) -> [UInt8] {
        do {
            let request = try CertificateSigningRequest(
                version: .v1, subject: DistinguishedName { CommonName("countertop till") },
                privateKey: Certificate.PrivateKey(key.key), attributes: CertificateSigningRequest.Attributes(),
                signatureAlgorithm: .ecdsaWithSHA256)
            var serializer = DER.Serializer()
            try request.serialize(into: &serializer)
            return serializer.serializedBytes
        } catch {
            throw CredentialsError(.requestMalformed, "No certificate request can be made.", cause: "\(error)")
        }
    }

    /// - Parameter der: the request in DER, of at most ``CredentialsLimits/requestBytesMax``.
    /// - Throws: ``CredentialsError`` `requestMalformed`: it is none, holds another kind of key, or is not signed by it.
    package init(der: [UInt8]) throws(CredentialsError) {
        guard der.count <= CredentialsLimits.requestBytesMax else {
            throw CredentialsError(
                .requestMalformed,
                "A certificate request has at most \(CredentialsLimits.requestBytesMax) bytes. Leave its attributes out."
            )
        }
        let request: CertificateSigningRequest
        do {
            request = try CertificateSigningRequest(derEncoded: der)
        } catch {
            throw CredentialsError(
                .requestMalformed, "That is no certificate request. Send PKCS#10 in DER, not in PEM.",
                cause: "\(type(of: error))")
        }
        guard P256.Signing.PublicKey(request.publicKey) != nil else {
            throw CredentialsError(.requestMalformed, "A till's key is on the curve P-256. Make one of that kind.")
        }
        guard request.publicKey.isValidSignature(request.signature, for: request) else {
            throw CredentialsError(
                .requestMalformed,
                "The certificate request is not signed by the key in it. Sign it with ECDSA and SHA-256.")
        }
        publicKey = request.publicKey
    }
}
