import Credentials
package import Foundation
import SwiftASN1
import X509

extension StoreAuthority {
    /// What a certificate that a client showed says.
    package enum Finding: Sendable, Hashable {
        /// It is this store's, of a till.
        case till(ShownCertificate)
        /// The bytes are no certificate.
        case unreadable
        /// Another authority made it.
        case otherStore
        /// It is not yet, or no longer, good.
        case expired
        /// It is this store's, but no till's.
        case noTill
    }

    /// Looks at a client's certificate. That the client has its key, TLS has seen to.
    package func check(_ der: [UInt8], limits: PairingLimits, now: Date) -> Finding {
        guard let shown = try? Certificate(checked: der) else { return .unreadable }
        guard shown.issuer == certificate.subject, certificate.publicKey.isValidSignature(shown.signature, for: shown)
        else { return .otherStore }
        guard shown.notValidBefore <= now + limits.clockSkew.timeInterval, now < shown.notValidAfter else {
            return .expired
        }
        guard let usage = try? shown.extensions.extendedKeyUsage, usage.contains(.clientAuth),
            let id = shown.commonName
        else { return .noTill }
        return .till(
            ShownCertificate(
                till: id, serial: Array(shown.serialNumber.bytes),
                issuedAt: shown.notValidBefore + limits.clockSkew.timeInterval, expiresAt: shown.notValidAfter))
    }
}

extension Certificate {
    /// - Throws: ``CredentialsError`` `certificateMalformed`.
    init(checked der: [UInt8]) throws(CredentialsError) {
        guard der.count <= CredentialsLimits.certificateBytesMax else {
            throw CredentialsError(.certificateMalformed, "The certificate is too long.")
        }
        do {
            self = try Certificate(derEncoded: der)
        } catch {
            throw CredentialsError(.certificateMalformed, "The bytes are no certificate.", cause: "\(type(of: error))")
        }
    }

    func der() throws -> [UInt8] {
        var serializer = DER.Serializer()
        try serialize(into: &serializer)
        return serializer.serializedBytes
    }

    /// The one common name of the subject.
    var commonName: String? {
        let names = subject.flatMap { $0 }.filter { $0.type == .RDNAttributeType.commonName }
        guard names.count == 1, let name = names.first else { return nil }
        return String(name.value)
    }
}
