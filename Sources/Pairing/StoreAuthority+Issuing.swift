package import Credentials
package import Foundation
import SwiftASN1
import X509

extension StoreAuthority {
    /// A certificate that was made.
    package struct Issued: Sendable, Hashable {
        package let der: [UInt8]
        package let serial: [UInt8]
        package let expiresAt: Date
    }

    /// The edge's certificate.
    /// - Parameter names: names and numbers by which tills reach the edge.
    func issueEdge(
        _ publicKey: Certificate.PublicKey, names: [String], limits: PairingLimits, now: Date
    ) throws(PairingError) -> Issued {
        let alternatives = names.prefix(limits.namesMax).map { name in
            IPAddressBytes(name).map { GeneralName.ipAddress(ASN1OctetString(contentBytes: $0.bytes[...])) }
                ?? GeneralName.dnsName(name)
        }
        return try issue(publicKey, subject: "countertop edge", days: limits.edgeCertificateDays, limits, now) {
            Critical(KeyUsage(digitalSignature: true))
            try ExtendedKeyUsage([.serverAuth])
            SubjectAlternativeNames(alternatives)
        }
    }

    /// A till's certificate. It says who the till is; what it may do, the edge's list says.
    package func issueTill(
        _ request: CertificateRequest, id: String, limits: PairingLimits, now: Date
    ) throws(PairingError) -> Issued {
        try issue(request.publicKey, subject: id, days: limits.tillCertificateDays, limits, now) {
            Critical(KeyUsage(digitalSignature: true))
            try ExtendedKeyUsage([.clientAuth])
        }
    }

    private func issue(
        _ publicKey: Certificate.PublicKey, subject: String, days: Int, _ limits: PairingLimits, _ now: Date,
        @ExtensionsBuilder extensions: () throws -> Result<Certificate.Extensions, any Error>
    ) throws(PairingError) -> Issued {
        do {
            var all = try extensions().get()
            try all.append(Certificate.Extension(BasicConstraints.notCertificateAuthority, critical: true))
            try all.append(
                Certificate.Extension(
                    AuthorityKeyIdentifier(
                        keyIdentifier: SubjectKeyIdentifier(hash: certificate.publicKey).keyIdentifier), critical: false
                ))
            try all.append(Certificate.Extension(SubjectKeyIdentifier(hash: publicKey), critical: false))
            let serial = Certificate.SerialNumber()
            // A certificate tells whole seconds. Rounded up, one of just before a backup would be taken for one of after it.
            let now = Date(timeIntervalSince1970: now.timeIntervalSince1970.rounded(.down))
            let expiresAt = now + Self.days(days)
            let issued = try Certificate(
                version: .v3, serialNumber: serial, publicKey: publicKey,
                notValidBefore: now - limits.clockSkew.timeInterval, notValidAfter: expiresAt,
                issuer: certificate.subject, subject: try DistinguishedName { CommonName(subject) },
                signatureAlgorithm: .ecdsaWithSHA256, extensions: all,
                issuerPrivateKey: Certificate.PrivateKey(key.key))
            return Issued(der: try issued.der(), serial: Array(serial.bytes), expiresAt: expiresAt)
        } catch {
            throw PairingError(.issuingFailed, "A certificate cannot be made. Report this fault.", cause: "\(error)")
        }
    }
}
